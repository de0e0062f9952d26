import type { ColumnSchema, DatasetSchema } from '../schema/schema.ts';
import { type CategoryShift, categoryShift } from './data-changes-category.ts';
import type { BooleanProfile, ColumnProfile, NumberProfile, Profile } from './profile-schema.ts';

/** What is known of the rows that a model was trained on. */
export interface TrainingData {
  readonly schema: DatasetSchema;
  /** Of the training rows. */
  readonly profile: Profile;
}

/** A quantity under the old data and under the new. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** How the values of a number or date column moved. */
export interface NumberShift {
  readonly mean: Change<number>;
  /** Population standard deviation. */
  readonly spread: Change<number>;
  /** The new mean minus the old one, in old standard deviations; null where the old values were all the same. */
  readonly shift: number | null;
}

/** What happened to one column. */
export interface ColumnChange {
  readonly name: string;
  readonly role: ColumnSchema['role'];
  /** `new`, `gone`, `retyped` and `role` are changes of the schema; `values`: the same column holds other values. */
  readonly kind: 'new' | 'gone' | 'retyped' | 'role' | 'values';
  readonly type: Change<ColumnSchema['type'] | undefined>;
  readonly roles: Change<ColumnSchema['role'] | undefined>;
  /** Share of rows without a value, from 0 to 1. */
  readonly missing?: Change<number>;
  readonly numbers?: NumberShift;
  readonly categories?: CategoryShift;
  /** Share of rows that are true among those with a value. */
  readonly trueShare?: Change<number>;
  /**
   * How much it matters: about the share of rows whose value would have to be another one, from 0 to 1; changes of the
   * schema are above all of those, those of the target above all others.
   */
  readonly weight: number;
}

/** What changed from one model's training data to another's. */
export interface DataChanges {
  /** Training rows. */
  readonly rows: Change<number>;
  readonly target: Change<string>;
  /** Classifiers: labels that one of the two does not have. */
  readonly classes: { readonly added: readonly string[]; readonly gone: readonly string[] };
  /** Columns that are not as they were, what matters most first. */
  readonly columns: readonly ColumnChange[];
}

/**
 * Compares two models' training data by their schemas and profiles, without a row of either. Nothing is tested: the
 * figures say what is different, not whether chance could explain it.
 *
 * Published profiles merge rare categories: a category is called new or gone only where the other side knows all of its
 * categories.
 */
export function dataChanges(before: TrainingData, after: TrainingData): DataChanges {
  const names = new Set([...before.schema.columns, ...after.schema.columns].map(({ name }) => name));
  const columns = [...names].flatMap((name) => columnChange(name, before, after) ?? []);
  return {
    rows: { before: before.profile.rows, after: after.profile.rows },
    target: { before: before.schema.target, after: after.schema.target },
    classes: {
      added: without(after.schema.classes, before.schema.classes),
      gone: without(before.schema.classes, after.schema.classes),
    },
    columns: columns.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)),
  };
}

function without(some: readonly string[] = [], others: readonly string[] = []): string[] {
  const known = new Set(others);
  return some.filter((value) => !known.has(value));
}

function columnChange(name: string, before: TrainingData, after: TrainingData): ColumnChange | undefined {
  const old = before.schema.columns.find((column) => column.name === name);
  const now = after.schema.columns.find((column) => column.name === name);
  const kind = schemaChange(old, now);
  const base = {
    name,
    role: (now ?? old)!.role,
    type: { before: old?.type, after: now?.type },
    roles: { before: old?.role, after: now?.role },
  };
  const values = valuesChange(profileOf(before, name), profileOf(after, name));
  if (kind) return { ...base, kind, ...values, weight: schemaWeight(old?.role, now?.role) + values.weight };
  return values.weight > 0 ? { ...base, kind: 'values', ...values } : undefined;
}

function profileOf({ profile }: TrainingData, name: string): ColumnProfile | undefined {
  return profile.columns.find((column) => column.name === name && column.found === undefined);
}

function schemaChange(
  old: ColumnSchema | undefined,
  now: ColumnSchema | undefined,
): Exclude<ColumnChange['kind'], 'values'> | undefined {
  if (!old) return 'new';
  if (!now) return 'gone';
  if (old.type !== now.type) return 'retyped';
  return old.role === now.role ? undefined : 'role';
}

/** A column that no model sees matters least. */
function schemaWeight(old: ColumnSchema['role'] | undefined, now: ColumnSchema['role'] | undefined): number {
  const roles = [old, now];
  return roles.includes('target') ? 3 : roles.includes('feature') ? 2 : 0.001;
}

type Values = Pick<ColumnChange, 'missing' | 'numbers' | 'categories' | 'trueShare' | 'weight'>;

function valuesChange(old: ColumnProfile | undefined, now: ColumnProfile | undefined): Values {
  if (!old || !now || old.type !== now.type) return { weight: 0 };
  const missing = { before: missingShare(old), after: missingShare(now) };
  const shift = shiftOf(old, now);
  const weight = Math.max(Math.abs(missing.after - missing.before), shift.weight);
  return { missing, ...shift, weight };
}

function missingShare(column: ColumnProfile): number {
  const rows = column.missing + valuesOf(column);
  return rows === 0 ? 0 : column.missing / rows;
}

function valuesOf(column: ColumnProfile): number {
  switch (column.type) {
    case 'category':
      return column.counts.reduce((sum, count) => sum + count, column.others.rows);
    case 'boolean':
      return column.false + column.true;
    default:
      return column.moments.count;
  }
}

function shiftOf(old: ColumnProfile, now: ColumnProfile): Values {
  if (valuesOf(old) === 0 || valuesOf(now) === 0) return { weight: 0 };
  if (old.type === 'category' && now.type === 'category') {
    const categories = categoryShift(old, now);
    return { categories, weight: categories.moved };
  }
  if (old.type === 'boolean' && now.type === 'boolean') {
    const trueShare = { before: trueShareOf(old), after: trueShareOf(now) };
    return { trueShare, weight: Math.abs(trueShare.after - trueShare.before) };
  }
  return numberShift(old as NumberProfile, now as NumberProfile);
}

function trueShareOf(column: BooleanProfile): number {
  return column.true / (column.true + column.false);
}

/**
 * For normal values the share that moves is about 0.4 for each standard deviation of the mean, and 0.48 for each e-fold
 * of the spread (both to first order, at most 1).
 */
function numberShift(old: NumberProfile, now: NumberProfile): Values {
  const mean = { before: old.moments.mean, after: now.moments.mean };
  const spread = { before: deviationOf(old), after: deviationOf(now) };
  const shift = spread.before > 0 ? (mean.after - mean.before) / spread.before : null;
  const same = mean.before === mean.after && spread.before === spread.after;
  const moved = shift === null ? Number(!same) : 0.4 * Math.abs(shift);
  const spreadOut =
    spread.before > 0 ? 0.48 * Math.abs(Math.log(Math.max(spread.after, 1e-300) / spread.before)) : 0;
  return { numbers: { mean, spread, shift }, weight: Math.min(1, Math.max(moved, spreadOut)) };
}

function deviationOf({ moments }: NumberProfile): number {
  return Math.sqrt(moments.m2 / moments.count);
}
