import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { declaredFolds, divisionWords, type FoldChoice } from '../../config/sections/split-section.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { fewRows } from './few-rows.ts';

/** Folds of a new lock under `folds: auto`, where there are few labelled rows. */
export const usualFolds = 5;

/** What is known when the number of folds is asked for. */
export interface FoldQuestion {
  readonly lock: Lock | undefined;
  /** What `ciclo lock --folds` asks for. */
  readonly asked: FoldChoice | undefined;
  /** Labelled rows that cleaning keeps. */
  readonly rows: number;
}

/**
 * How many folds are wanted; 0 for test and validation rows. A lock decides once: growth never moves rows.
 *
 * @throws ConfigurationError when ciclo.yml wants another number than ciclo.lock has, or than is asked for.
 */
export function wantedFolds({ split }: Config, { lock, asked, rows }: FoldQuestion): number {
  const declared = declaredFolds(split);
  const decided = asked === undefined ? lock && (lock.split.folds ?? 0) : numberOf(asked);
  if (declared === 'auto') return decided ?? (rows < fewRows ? usualFolds : 0);
  const said = numberOf(declared);
  if (decided === undefined || decided === said) return said;
  const what =
    split.folds === undefined
      ? 'split.test and split.validation divide the rows into training, validation and test'
      : `split.folds is ${split.folds}`;
  if (asked !== undefined) {
    throw new ConfigurationError(
      `lock --folds ${asked}: in ciclo.yml ${what}. Let split.folds say ${asked} or auto there, and leave split.test and split.validation out where there are folds`,
    );
  }
  throw new ConfigurationError(
    `${what}, but ciclo.lock has ${divisionWords(decided)}: another division moves rows, so it is decided once. Let split.folds say ${decided === 0 ? 'off' : decided} or auto, or change the lock with ciclo lock --folds ${declared}`,
  );
}

function numberOf(choice: FoldChoice): number {
  return choice === 'off' ? 0 : choice;
}

/** What is said of folds that ciclo.lock keeps though there are many rows by now; undefined where there is nothing to say. */
export function growthAdvice(folds: number, { split }: Config, rows: number): string | undefined {
  if (folds === 0 || declaredFolds(split) !== 'auto' || rows < fewRows) return undefined;
  return `there are ${formatCount(rows)} labelled rows by now, of which a fifth judges a model well enough: ciclo lock --folds off divides them into training, validation and test rows, and a training fits each candidate once instead of ${folds + 1} times. Nothing changes until then`;
}
