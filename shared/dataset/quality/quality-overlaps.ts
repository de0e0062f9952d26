import { byCount, counted, formatCount } from '../../text/counts.ts';
import { areManyThings } from '../identity/alike-rows.ts';
import { findEqualRows } from '../identity/equal-rows.ts';
import { hashRows } from '../identity/row-hash.ts';
import { featureColumns } from '../schema/schema.ts';
import { onlyTrains } from '../split/fold-plan.ts';
import { type Sides, sideNames } from '../split/split.ts';
import { takeRows } from '../table/table.ts';
import { type CheckedDataset, twinsAmongKept } from './checked-dataset.ts';
import type { QualityCheck } from './quality-report.ts';

/** Validation and test rows of a group that a training row is in too. @param groups a number below `size` by row. */
function countStraddling(
  groups: Uint32Array,
  size: number,
  { sides, inFolds, config }: Pick<CheckedDataset, 'sides' | 'inFolds' | 'config'>,
): number {
  if (inFolds) {
    return config.split.by === 'time'
      ? countAfterOthers(groups, size, sides)
      : countAcrossFolds(groups, size, sides);
  }
  const trained = new Uint8Array(size);
  for (let row = 0; row < sides.length; row++) if (sides[row] === 0) trained[groups[row]!] = 1;
  let straddling = 0;
  for (let row = 0; row < sides.length; row++) {
    if (sides[row] !== 0 && trained[groups[row]!] === 1) straddling++;
  }
  return straddling;
}

/** Rows of a group that rows of another fold are in too. */
function countAcrossFolds(groups: Uint32Array, size: number, folds: Sides): number {
  const first = new Int16Array(size).fill(-1);
  const across = new Uint8Array(size);
  for (let row = 0; row < folds.length; row++) {
    const group = groups[row]!;
    if (first[group] === -1) first[group] = folds[row]!;
    else if (first[group] !== folds[row]) across[group] = 1;
  }
  return groups.reduce((sum, group) => sum + across[group]!, 0);
}

/** By time: rows of a fold that an earlier row, which its model has seen, shares a group with. */
function countAfterOthers(groups: Uint32Array, size: number, folds: Sides): number {
  // Rows that only train come before fold 0.
  const orderOf = (row: number): number => (folds[row] === onlyTrains ? -1 : folds[row]!);
  const first = new Int16Array(size).fill(onlyTrains);
  for (let row = 0; row < folds.length; row++) {
    const group = groups[row]!;
    if (orderOf(row) < first[group]!) first[group] = orderOf(row);
  }
  return groups.reduce((sum, group, row) => sum + Number(orderOf(row) > first[group]!), 0);
}

/** Rows that a model has seen and is judged on. */
export function splitDuplicateCheck(checked: CheckedDataset, level: 'warn' | 'fail'): QualityCheck[] {
  const names = featureColumns(checked.schema)
    .map((column) => column.name)
    .sort();
  if (names.length === 0) return [];
  const straddling = sidesFollow(checked, names) ? 0 : countStraddlingRows(checked, names);
  const alike = straddling > 0 ? alikeValues(checked, names) : undefined;
  // Rows that the split itself tells apart are no copies; whoever asks that none be equal is answered all the same.
  const isMeant = alike !== undefined && checked.identity.apart !== undefined && level === 'warn';
  return [
    {
      check: 'split-duplicates',
      status: straddling > 0 && !isMeant ? level : 'pass',
      measured: straddling,
      allowed: 0,
      message:
        straddling > 0
          ? `${checked.inFolds ? `${counted(straddling, 'row')} ${byCount(straddling, 'equals', 'equal')} ${sharedRow(checked)}` : `${counted(straddling, 'validation or test row')} ${byCount(straddling, 'equals', 'equal')} a training row`} in every feature: ${adviceOn(alike)}`
          : `no ${checked.inFolds ? `row equals ${sharedRow(checked)}` : 'validation or test row equals a training row'} in every feature`,
    },
  ];
}

/** What to do about equal rows. @param alike how many different ones there are, where they are many things. */
function adviceOn(alike: number | undefined): string {
  return alike === undefined
    ? 'copies make the evaluation slightly optimistic, and prepare.duplicates: drop leaves one of each; replicates, measured again, are no fault, and a data.group keeps those of one condition together'
    : `with ${formatCount(alike)} different ones and targets that differ they may be things that look alike, and no copies; where they are rows of one thing, a data.group keeps them together`;
}

/** How many different rows of features there are, where these are many things that look alike. */
function alikeValues({ table, schema }: CheckedDataset, names: readonly string[]): number | undefined {
  const equal = findEqualRows(hashRows(table, names));
  return areManyThings(table, { names, target: schema.target, equal })
    ? table.rows - equal.repeated
    : undefined;
}

/** Which rows a row in a fold must not equal. */
function sharedRow({ config }: CheckedDataset): string {
  return config.split.by === 'time' ? 'an earlier row, of another fold' : 'a row of another fold';
}

/** Where the side follows from the columns themselves: rows that are equal in them lie on one side. */
function sidesFollow({ identity, config, changed }: CheckedDataset, names: readonly string[]): boolean {
  const { group } = config.data;
  const deciding = group === undefined ? identity.key : [group];
  return (
    config.split.by === 'hash' &&
    (group !== undefined || !identity.apart) &&
    deciding.every((name) => names.includes(name) && !changed.has(name))
  );
}

function countStraddlingRows(checked: CheckedDataset, names: readonly string[]): number {
  const { table, sides, inFolds } = checked;
  const twins = twinsAmongKept(checked, names);
  const { first } = findEqualRows(hashRows(twins ? takeRows(table, twins) : table, names));
  return countStraddling(first, first.length, {
    sides: twins ? sidesOfRows(sides, twins) : sides,
    inFolds,
    config: checked.config,
  });
}

function sidesOfRows(sides: Sides, rows: Uint32Array): Sides {
  const taken = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = sides[rows[i]!]!;
  return taken;
}

/** Equal keys on two sides: by hash of the key itself there are none; by time and by group there can be. */
export function keyOverlapCheck(checked: CheckedDataset, level: 'warn' | 'fail'): QualityCheck[] {
  const { config, identity, kept, inFolds } = checked;
  if (config.data.key === undefined) return [];
  const byKey = config.split.by === 'hash' && config.data.group === undefined && !identity.apart;
  const { first } = identity.equal;
  const overlap = byKey
    ? 0
    : countStraddling(
        kept.map((row) => first[row]!),
        first.length,
        checked,
      );
  return [
    {
      check: 'key-overlap',
      status: overlap > 0 ? level : 'pass',
      measured: overlap,
      allowed: 0,
      message:
        overlap > 0
          ? `${inFolds ? `${counted(overlap, 'row')} ${byCount(overlap, 'has', 'have')} the key of ${sharedRow(checked)}` : `${counted(overlap, 'validation or test row')} ${byCount(overlap, 'has', 'have')} the key of a training row`}: the split by ${config.data.group === undefined ? config.split.by : `group ${config.data.group}`} divides what data.key calls one thing`
          : inFolds
            ? 'no key is in two folds'
            : `no key is on two sides of the split (${sideNames.join(', ')})`,
    },
  ];
}
