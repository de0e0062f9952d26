import type { Task } from '../metrics/descriptors/descriptor.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { didYouMean, listNames } from '../text/nearest-name.ts';
import type { FirstLook } from './first-look.ts';
import type { Proposal } from './proposal.ts';
import type { Aim } from './propose.ts';
import type { TargetCandidate } from './target-candidates.ts';

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
  head: Pick<Aim, 'name' | 'source'>,
  look: FirstLook,
  candidates: readonly TargetCandidate[],
  { target, task }: Choices,
): Aim {
  if (target !== undefined) checkColumn('--target', target, look);
  const [likeliest] = candidates;
  const column = target ?? likeliest?.column;
  if (column === undefined) {
    throw new ConfigurationError(
      `no column can be predicted: ${listNames(namesOf(look))} are dates, identifiers, free texts or one value only. Say which one it is: --target`,
    );
  }
  const found = candidates.find((candidate) => candidate.column === column);
  const chosenTask =
    task === undefined || task === found?.task.value ? found?.task : { value: task, why: asAsked };
  if (hasOneValue(look, column)) {
    throw new ConfigurationError(
      `${quote(column)} cannot be predicted: all rows have the same value, so that there is nothing to learn. Name another column by --target, or bring rows with other values`,
    );
  }
  if (chosenTask === undefined) {
    throw new ConfigurationError(
      `${quote(column)} cannot be predicted as it is: it is a date, an identifier, one value only, or has too many labels. Another --target, or --task says what it is`,
    );
  }
  const why = column === likeliest?.column ? likeliest.why : asAsked;
  return { ...head, target: { value: column, why }, task: chosenTask };
}

function hasOneValue({ table }: FirstLook, name: string): boolean {
  const column = table.columns.get(name);
  if (column === undefined || table.rows === 0) return false;
  const [value, ...others] = new Set<number>(column.type === 'category' ? column.codes : column.values);
  const isMissing = Number.isNaN(value) || (column.type === 'category' && value === -1);
  return others.length === 0 && !isMissing;
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
  for (const column of exclude) checkColumn('--exclude', column, look);
  const { key: ownKey, time: ownTime, season, byTime: ownByTime, group: ownGroup, ...rest } = proposal;
  const finalKey = chosen(key, ownKey);
  const finalTime = chosen(time, ownTime);
  const finalGroup = chosen(group, ownGroup);
  const sameTime = finalTime !== undefined && finalTime.value === ownTime?.value;
  const newest = byTime === undefined ? ownByTime : { value: byTime, why: asAsked };
  const roles = [proposal.target, finalKey, finalTime, finalGroup].map((role) => role?.value);
  return {
    ...rest,
    ...(positive === undefined || positive === proposal.positive?.value
      ? {}
      : { positive: { value: positive, why: asAsked } }),
    ...(finalKey ? { key: finalKey } : {}),
    ...(finalTime ? { time: finalTime } : {}),
    ...(sameTime && season ? { season } : {}),
    ...(finalTime && !finalGroup && newest ? { byTime: newest } : {}),
    ...(finalGroup ? { group: finalGroup } : {}),
    leftOut: [
      ...proposal.leftOut.filter(({ column }) => leftOut === undefined || leftOut.includes(column)),
      ...exclude
        .filter((column) => proposal.leftOut.every((one) => one.column !== column))
        .map((column) => ({ column, why: asAsked })),
    ].filter(({ column }) => !roles.includes(column)),
  };
}

function chosen(choice: string | false | undefined, own: Proposal['key']): Proposal['key'] {
  if (choice === undefined) return own;
  if (choice === false) return undefined;
  return choice === own?.value ? own : { value: choice, why: asAsked };
}

function namesOf({ table, unreadable }: FirstLook): string[] {
  return [...table.columns.keys(), ...unreadable.map(({ column }) => column)];
}

function checkColumn(flag: string, column: string, look: FirstLook): void {
  const names = namesOf(look);
  if (names.includes(column)) return;
  throw new ConfigurationError(
    `${flag}: the data has no column ${quote(column)}${didYouMean(column, names)}; the columns are: ${listNames(names, 50)}`,
  );
}
