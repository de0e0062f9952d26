import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { didYouMean, listNames } from '../text/nearest-name.ts';
import { findingsOf } from './findings.ts';
import { type FirstLook, formatFlags } from './first-look.ts';
import { notesOfProposal, unseenTime } from './notes.ts';
import type { Proposal } from './proposal.ts';
import type { Aim } from './propose.ts';
import type { TargetCandidate } from './target-candidates.ts';
import { type UnfitTarget, unfitTargets } from './unfit-targets.ts';

/** What a person decides in place of what is proposed; what is absent is as proposed, false is none. */
export interface Choices {
  readonly target?: string | undefined;
  readonly task?: Task | undefined;
  readonly positive?: string | undefined;
  readonly key?: string | false | undefined;
  readonly time?: string | false | undefined;
  readonly byTime?: boolean | undefined;
  readonly group?: string | false | undefined;
  /** The columns that are left out, all of them. */
  readonly leftOut?: readonly string[] | undefined;
  /** Whether labels that few rows have are published with the model; else their rows are left out. */
  readonly publishRareLabels?: boolean | undefined;
  /** Columns that are left out as well. */
  readonly exclude?: readonly string[] | undefined;
}

const asAsked = 'as you said';

/**
 * What is predicted: the column that was chosen, else the likeliest.
 *
 * @throws ConfigurationError for a column that there is not, and where no column can be predicted.
 */
export function aimOf(
  head: Pick<Aim, 'name' | 'source' | 'formats'>,
  look: FirstLook,
  candidates: readonly TargetCandidate[],
  { target, task, exclude = [] }: Choices,
): Aim {
  if (target !== undefined) checkColumn('--target', target, look);
  for (const one of exclude) checkColumn('--exclude', one, look);
  const [likeliest] = candidates;
  const column = target ?? likeliest?.column;
  if (column === undefined) {
    throw new ConfigurationError(
      `no column can be predicted: ${listNames(unfitTargets(look).map(({ column, why }) => `${column} ${why}`))}. Predicting takes a column with two or more labels, or a number that differs from row to row`,
    );
  }
  const found = candidates.find((candidate) => candidate.column === column);
  const chosenTask =
    task === undefined || task === found?.task.value ? found?.task : { value: task, why: asAsked };
  const unfit = unfitTargets(look).find((one) => one.column === column);
  if (unfit && (chosenTask === undefined || unfit.constant)) {
    throw new ConfigurationError(
      `${quote(column)} cannot be predicted: it ${unfit.why}${remedyOf(unfit, look)}`,
    );
  }
  if (chosenTask === undefined) throw new TypeError(`no task was found for ${column}, and no reason why`);
  const why = column === likeliest?.column ? likeliest.why : asAsked;
  return {
    ...head,
    target: { value: column, why },
    task: chosenTask,
    ...(exclude.length === 0 ? {} : { exclude }),
  };
}

/** The end of the sentence that refuses a target: what can be done. */
function remedyOf({ column, constant }: UnfitTarget, { unreadable }: FirstLook): string {
  if (constant) {
    return ', so that there is nothing to learn. Name another column by --target, or bring rows with other values';
  }
  const formats = unreadable.find((one) => one.column === column)?.formats ?? [];
  if (formats.length > 0) return `. Say which is right: ${formatFlags(column, formats)}`;
  return '. Name another column by --target, or say by --task what it is';
}

/**
 * A proposal with what a person has decided.
 *
 * @throws ConfigurationError for a column that there is not.
 */
export function withChoices(proposal: Proposal, look: FirstLook, choices: Choices): Proposal {
  const { key, time, group, positive, byTime, exclude = [], leftOut } = choices;
  const named = { '--key': key, '--time': time, '--group': group };
  for (const [flag, column] of Object.entries(named)) {
    if (typeof column === 'string') checkColumn(flag, column, look);
  }
  const { key: ownKey, time: ownTime, season, byTime: ownByTime, group: ownGroup, ...rest } = proposal;
  const finalKey = chosen(key, ownKey);
  const finalTime = chosen(time, ownTime);
  const finalGroup = chosen(group, ownGroup);
  const sameTime = finalTime !== undefined && finalTime.value === ownTime?.value;
  const newest = byTime === undefined ? ownByTime : { value: byTime, why: asAsked };
  const roles = [proposal.target, finalKey, finalTime, finalGroup].map((role) => role?.value);
  const finalLeftOut = [
    ...proposal.leftOut.filter(({ column }) => leftOut === undefined || leftOut.includes(column)),
    ...exclude
      .filter((column) => proposal.leftOut.every((one) => one.column !== column))
      .map((column) => ({ column, why: asAsked })),
  ].filter(({ column }) => !roles.includes(column));
  checkFeatures(proposal.target.value, finalLeftOut, look);
  const decided = {
    ...rest,
    ...(positive === undefined || positive === proposal.positive?.value
      ? {}
      : { positive: { value: positive, why: asAsked } }),
    ...(finalKey ? { key: finalKey } : {}),
    ...(finalTime ? { time: finalTime } : {}),
    ...(sameTime && season ? { season } : {}),
    ...(finalTime && !finalGroup && newest ? { byTime: newest } : {}),
    ...(finalGroup ? { group: finalGroup } : {}),
    leftOut: finalLeftOut,
  };
  return withNotes(decided, look);
}

function withNotes(decided: Omit<Proposal, 'notes'>, { table }: FirstLook): Proposal {
  return { ...decided, notes: [...unseenTime(table, decided.time?.value), ...notesOfProposal(decided)] };
}

/**
 * A proposal with what its own preparation says, in place of what was said before anything was decided: rows of one group that are
 * equal are no copies in two folds, once the group stays together.
 *
 * @param found what `prepareDataset` makes of the table under the proposal.
 */
export function withOwnFindings(proposal: Proposal, found: PreparedDataset, look: FirstLook): Proposal {
  const { findings = [] } = proposal;
  const others = findings.filter(({ kind }) => kind !== 'check' && kind !== 'group');
  return withNotes({ ...proposal, findings: [...findingsOf(found), ...others] }, look);
}

/** @throws ConfigurationError where all columns but the target are left out. */
function checkFeatures(target: string, leftOut: Proposal['leftOut'], look: FirstLook): void {
  const gone = new Set([target, ...leftOut.map(({ column }) => column)]);
  if (namesOf(look).some((name) => !gone.has(name))) return;
  const reasons = leftOut.map(({ column, why }) => `${column} ${why}`);
  throw new ConfigurationError(
    `nothing is left to predict ${target} from${reasons.length === 0 ? ': the data has no other column' : `: ${listNames(reasons)}`}. Bring columns that say something of it, or name another --target`,
  );
}

function chosen(choice: string | false | undefined, own: Proposal['key']): Proposal['key'] {
  if (choice === undefined) return own;
  if (choice === false) return undefined;
  return choice === own?.value ? own : { value: choice, why: asAsked };
}

function namesOf({ table, unreadable }: FirstLook): string[] {
  return [...table.columns.keys(), ...unreadable.map(({ column }) => column)];
}

/** @throws ConfigurationError for a column that there is not, with the one that was meant. */
export function checkColumn(flag: string, column: string, look: FirstLook): void {
  const names = namesOf(look);
  if (names.includes(column)) return;
  throw new ConfigurationError(
    `${flag}: the data has no column ${quote(column)}${didYouMean(column, names)}; the columns are: ${listNames(names, 50)}`,
  );
}
