// What a table's columns hold, as counts that can be published, and how two such profiles differ.
import { ConfigurationError } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import type { DatasetSchema } from '../schema/schema.ts';
import { type BooleanColumn, type Column, columnOf, type Table } from '../table/table.ts';
import {
  emptyCategories,
  mergeCategories,
  profileCategories,
  profileCategoriesOver,
} from './profile-category.ts';
import {
  countNumbers,
  emptyNumbers,
  exactSupport,
  mergeNumbers,
  profileNumbers,
  profileNumbersOver,
} from './profile-number.ts';
import { withMinCount } from './profile-publication.ts';
import { type BooleanProfile, type ColumnProfile, type Profile, profileSchema } from './profile-schema.ts';

export { type Profile, profileSchema } from './profile-schema.ts';

export interface ProfileOptions {
  /** For publication: values seen in fewer rows than this are merged with their neighbours, extremes are left out. */
  readonly minCount?: number;
  /**
   * Of numbers and dates only how many there are and their moments: enough beside the rows themselves, and much faster.
   * Default false.
   */
  readonly withoutSupport?: boolean;
}

function countBooleans({ values }: BooleanColumn): Pick<BooleanProfile, 'false' | 'true' | 'missing'> {
  const counts = { false: 0, true: 0, missing: 0 };
  for (let i = 0; i < values.length; i++)
    counts[values[i]! < 0 ? 'missing' : values[i] === 1 ? 'true' : 'false']++;
  return counts;
}

function profileColumn(
  { name, role }: { readonly name: string; readonly role: 'feature' | 'target' },
  column: Column,
  withoutSupport: boolean,
): ColumnProfile {
  switch (column.type) {
    case 'category':
      return profileCategories({ name, role, type: column.type }, column);
    case 'boolean':
      return { name, role, type: column.type, ...countBooleans(column) };
    default:
      return withoutSupport
        ? countNumbers({ name, role, type: column.type }, column)
        : profileNumbers({ name, role, type: column.type }, column);
  }
}

/**
 * Profiles the features and the target of a table over their own values: a reference.
 *
 * Numbers and dates: every distinct value up to 2,048 of them, otherwise 513 values at equal shares of the rows;
 * rows exactly at a value and rows between two are counted apart, so that ties show. Categories: every one up to
 * 2,048, otherwise the 2,047 most frequent and the rest together.
 *
 * @throws RangeError when the table lacks a column of the schema.
 */
export function profileTable(table: Table, schema: DatasetSchema, options: ProfileOptions = {}): Profile {
  const columns = [...columnProfiles(table, schema, options)];
  const profile: Profile = { version: 1, rows: table.rows, columns };
  return options.minCount === undefined ? profile : withMinCount(profile, options.minCount);
}

/** A profile whose columns are made when they are asked for: those of a wide table need more memory than its rows. */
export interface LaterProfile extends Omit<Profile, 'columns'> {
  readonly columns: Iterable<ColumnProfile>;
}

/** At most so many numbers make a column's profile: points, counts at them and between them. */
const mostNumbers = 3 * (exactSupport + 1);
/** So many are kept until they are written, 8 MB: profiles of a wide table need more memory than its rows. */
const keptNumbers = 1 << 20;

/** {@link profileTable} for who goes through its columns once. */
export interface ProfileInPassing {
  readonly profile: LaterProfile;
  /** Makes a column's profile while the column is in memory for something else, as long as there is room to keep it. */
  readonly pass: (name: string, column: Column) => void;
}

/** The profile of a table, of which columns may be made beforehand. */
export function profileInPassing(table: Table, schema: DatasetSchema): ProfileInPassing {
  const made = new Map<string, ColumnProfile>();
  const roles = new Map(schema.columns.map(({ name, role }) => [name, role]));
  let room = keptNumbers;
  const columns = { [Symbol.iterator]: () => columnProfiles(table, schema, { made }) };
  return {
    profile: { version: 1, rows: table.rows, columns },
    pass(name, column) {
      const role = roles.get(name);
      // Columns that prepare.derive makes are not of the dataset.
      if (role === undefined || role === 'ignored' || room < mostNumbers) return;
      room -= mostNumbers;
      made.set(name, profileColumn({ name, role }, column, false));
    },
  };
}

function* columnProfiles(
  table: Table,
  schema: DatasetSchema,
  { withoutSupport = false, made }: ProfileOptions & { readonly made?: ReadonlyMap<string, ColumnProfile> },
): Generator<ColumnProfile> {
  for (const { name, role } of schema.columns) {
    if (role === 'ignored') continue;
    yield made?.get(name) ?? profileColumn({ name, role }, columnOf(table, name), withoutSupport);
  }
}

/** A column over a reference's support with nothing counted. */
export function emptyColumn(reference: ColumnProfile): ColumnProfile {
  switch (reference.type) {
    case 'category':
      return emptyCategories(reference);
    case 'boolean':
      return { name: reference.name, role: reference.role, type: 'boolean', missing: 0, false: 0, true: 0 };
    default:
      return emptyNumbers(reference);
  }
}

function profileColumnOver(reference: ColumnProfile, column: Column | undefined): ColumnProfile {
  if (reference.type === 'category' && column?.type === 'category') {
    return profileCategoriesOver(reference, column);
  }
  if (reference.type === 'boolean' && column?.type === 'boolean') {
    const { name, role, type } = reference;
    return { name, role, type, ...countBooleans(column) };
  }
  if (
    (reference.type === 'number' && column?.type === 'number') ||
    (reference.type === 'date' && column?.type === 'date')
  ) {
    return profileNumbersOver(reference, column);
  }
  return { ...emptyColumn(reference), found: column?.type ?? 'absent' };
}

/**
 * Profiles a table over a reference's support, so that the two can be compared and further ones added.
 *
 * A column that the table lacks, or has in another type, is `found: 'absent'` or `found: <type>`, with no counts.
 * Columns that the reference does not have are left out.
 */
export function profileOver(reference: Profile, table: Table): Profile {
  const columns = reference.columns.map((column) =>
    profileColumnOver(column, table.columns.get(column.name)),
  );
  return { version: 1, rows: table.rows, columns };
}

function mergeColumns(a: ColumnProfile, b: ColumnProfile | undefined): ColumnProfile {
  if (b?.name !== a.name || b.type !== a.type) {
    throw new ConfigurationError(
      `cannot add profiles: one has the ${a.type} column ${a.name} where the other has ${b ? `the ${b.type} column ${b.name}` : 'none'}; profile both over one reference`,
    );
  }
  const found = a.found ?? b.found;
  const merged = mergeCounts(a, b);
  return found === undefined ? merged : { ...merged, found };
}

function mergeCounts(a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  if (a.type === 'category' && b.type === 'category') return mergeCategories(a, b);
  if (a.type === 'boolean' && b.type === 'boolean') {
    return { ...a, missing: a.missing + b.missing, false: a.false + b.false, true: a.true + b.true };
  }
  if ((a.type === 'number' || a.type === 'date') && (b.type === 'number' || b.type === 'date'))
    return mergeNumbers(a, b);
  throw new TypeError(`column ${a.name}: a ${a.type} and a ${b.type} cannot be added`);
}

/**
 * Adds two profiles over the same support: days into a week. The counts are exactly those of both tables' rows
 * together.
 *
 * @throws ConfigurationError when columns or supports differ.
 */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  if (b.columns.length > a.columns.length) return mergeProfiles(b, a);
  const columns = a.columns.map((column, i) => mergeColumns(column, b.columns[i]));
  return { version: 1, rows: a.rows + b.rows, columns };
}

/** profile.json's text: the same profile gives the same bytes. It is read by {@link profileSchema}. */
export function formatProfile(profile: Profile): string {
  return formatJson(profile);
}
