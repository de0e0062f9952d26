import { declaredShare } from '../../text/percent.ts';
import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { ShareCheck } from '../sections/checks-section.ts';
import { sharesOf } from '../sections/split-section.ts';
import type { ConfigParts } from './config-parts.ts';

/** A split without training rows, without unseen rows, or by a time that is not declared. */
export function* splitProblems({ split, data }: ConfigParts): Iterable<Problem> {
  if (!split) return;
  const shares = sharesOf(split);
  for (const side of ['test', 'validation'] as const) {
    if (shares[side] > 0) continue;
    const why =
      side === 'test' ? 'models are judged on it' : 'early stopping and the choice of candidate need it';
    yield { path: ['split', side], message: `0% leaves no ${side} rows, and ${why}; allowed: above 0%` };
  }
  if (shares.test + shares.validation >= 1) {
    const message =
      `test ${declaredShare(shares.test)} and validation ${declaredShare(shares.validation)} leave no rows to train on; ` +
      'allowed: less than 100% together';
    yield { path: ['split'], message };
  }
  for (const side of ['test', 'validation'] as const) {
    if (typeof split.folds !== 'number' || split[side] === undefined) continue;
    const message = `${declaredShare(split[side])} has no place beside split.folds: ${split.folds}, where every row is judged by a model that has not seen it; leave ${side} out, or write folds: off`;
    yield { path: ['split', side], message };
  }
  if (split.by === 'time' && data && data.time === undefined) {
    const message = '"time" needs the column of the event time; give data.time, or use by: hash';
    yield { path: ['split', 'by'], message };
  }
  if (split.by === 'time' && data?.group !== undefined) {
    const message =
      `"time" divides the groups of data.group ("${data.group}"), whose rows have several times; ` +
      'use by: hash, or leave data.group out';
    yield { path: ['split', 'by'], message };
  }
}

function* shareCheckProblems(check: ShareCheck, path: KeyPath): Iterable<Problem> {
  if (typeof check !== 'object') return;
  const { warn, fail } = check;
  if (warn === undefined && fail === undefined) {
    yield { path, message: 'the check has no bound; give warn, fail or both, or write off' };
  } else if (warn !== undefined && fail !== undefined && warn > fail) {
    const message = `warn ${declaredShare(warn)} is above fail ${declaredShare(fail)}: it would never warn; exchange them`;
    yield { path, message };
  }
}

/** Quality checks that can never speak. */
export function* qualityProblems({ prepare }: ConfigParts): Iterable<Problem> {
  if (!prepare) return;
  for (const name of ['max-missing', 'max-duplicates', 'max-dropped'] as const) {
    yield* shareCheckProblems(prepare.checks[name], ['prepare', 'checks', name]);
  }
}
