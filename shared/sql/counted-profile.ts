import { emptyColumn } from '../dataset/profile/profile.ts';
import {
  countedCategoriesOver,
  frequentCategoriesOver,
  listedAtMost,
} from '../dataset/profile/profile-category.ts';
import type {
  CategoryProfile,
  ColumnProfile,
  NumberProfile,
  Profile,
} from '../dataset/profile/profile-schema.ts';
import { keptDigits } from '../dataset/statistics/moments.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { formatCount } from '../text/counts.ts';
import { type Ask, countRows } from './counted-range.ts';
import type {
  CountedNumber,
  CountedNumbers,
  CountedRows,
  CountedValue,
  Dialect,
  NumberCounts,
  Scan,
  TextCounts,
} from './dialect.ts';
import { scannedNumbers } from './scanned-numbers.ts';

/** How an engine's rows are counted. */
export interface CountPlan {
  readonly dialect: Dialect;
  readonly rows: CountedRows;
  /** By column; a column of the reference that is not among them is absent. */
  readonly values: ReadonlyMap<string, CountedValue>;
  readonly ask: Ask;
  /** Of an engine that runs in this process. */
  readonly scan?: Scan | undefined;
}

/**
 * Profiles rows over a reference's support, as `profileOver` does, without reading them: two statements a batch of
 * columns.
 *
 * Counts are exactly those of the rows. Means and sums of squares have 12 digits, see `keptDigits`, and where an engine sums deviations from the
 * reference's mean values beyond ±1e150 count as that in them. Of a column with more than 256 categories that the reference lacks, the most frequent
 * are named.
 *
 * @throws ConfigurationError when the rows change between two statements.
 */
export async function countedProfile(reference: Profile, plan: CountPlan): Promise<Profile> {
  const { dialect, values } = plan;
  const present = reference.columns.filter(({ name }) => values.has(name));
  const columns = new Map<string, ColumnProfile>();
  let counted: number | undefined;
  for (const batch of batchesOf(present, dialect.batch)) {
    const numbers = batch.filter((column) => column.type !== 'category');
    const texts = batch.filter((column) => column.type === 'category');
    const found = numbers.length === 0 ? undefined : await countNumbers(numbers, plan);
    const rows: number = found?.rows ?? counted ?? (await countRows(plan));
    counted ??= rows;
    if (rows !== counted) throw changed(counted, rows);
    for (const [i, column] of numbers.entries()) {
      columns.set(column.name, profileOfNumbers(column, found!.columns[i]!));
    }
    if (texts.length === 0) continue;
    for (const [i, counts] of (await countTexts(texts, plan)).entries()) {
      columns.set(texts[i]!.name, profileOfTexts(texts[i]!, counts, counted));
    }
  }
  return {
    version: 1,
    rows: counted ?? (await countRows(plan)),
    columns: reference.columns.map(
      (column) => columns.get(column.name) ?? { ...emptyColumn(column), found: 'absent' as const },
    ),
  };
}

function changed(before: number, now: number): ConfigurationError {
  return new ConfigurationError(
    `the rows changed while they were counted: ${formatCount(before)} before, ${formatCount(now)} now; ask again, or ask for rows that stay as they are`,
  );
}

function batchesOf(columns: readonly ColumnProfile[], most: Dialect['batch']): ColumnProfile[][] {
  const batches: ColumnProfile[][] = [];
  let room = { columns: 0, points: 0 };
  for (const column of columns) {
    const points = pointsOf(column);
    if (room.columns === 0 || room.points < points) {
      room = { ...most };
      batches.push([]);
    }
    batches.at(-1)!.push(column);
    room = { columns: room.columns - 1, points: room.points - points };
  }
  return batches;
}

/** About as many characters as a point is in SQL, with its neighbour. */
const pointLength = 48;

/** What a column takes of a statement, in points; a long text is several. */
function pointsOf(column: ColumnProfile): number {
  if ('points' in column) return column.points.length;
  if (!('values' in column)) return 2;
  return column.values.reduce((sum, value) => sum + 1 + Math.floor(value.length / pointLength), 0);
}

/** Columns that are counted as numbers: truths are both of 0 and 1. */
type Numbers = Exclude<ColumnProfile, CategoryProfile>;

async function countNumbers(
  columns: readonly Numbers[],
  { dialect, rows, values, ask, scan }: CountPlan,
): Promise<CountedNumbers> {
  const wanted = columns.map((column): CountedNumber => {
    const { sql } = values.get(column.name)!;
    return column.type === 'boolean'
      ? { sql, centre: 0, points: [0, 1] }
      : { sql, centre: column.moments.mean, points: column.points };
  });
  if (scan) return scannedNumbers(rows, wanted, scan);
  if (!dialect.countNumbers) throw new TypeError(`${dialect.name} counts by a scan, and there is none`);
  const { sql, read } = dialect.countNumbers(rows, wanted);
  return read(await ask(sql));
}

async function countTexts(
  columns: readonly CategoryProfile[],
  { dialect, rows, values, ask }: CountPlan,
): Promise<readonly TextCounts[]> {
  const { sql, read } = dialect.countTexts(
    rows,
    columns.map((column) => ({
      ...values.get(column.name)!,
      wanted: column.values,
      // One more than can be listed says that there are more.
      others: listedAtMost + 1,
    })),
  );
  return read(await ask(sql));
}

function profileOfNumbers(reference: Numbers, found: NumberCounts): ColumnProfile {
  if (reference.type !== 'boolean') return numbersOf(reference, found);
  const { name, role, type } = reference;
  const [no, yes] = found.at;
  return { name, role, type, missing: found.missing, false: no!, true: yes! };
}

/** @throws ConfigurationError for other rows than the `rows` that were counted before. */
function profileOfTexts(
  reference: CategoryProfile,
  { values, missing }: TextCounts,
  rows: number,
): CategoryProfile {
  const listed = values.reduce((sum, { count }) => sum + count, 0);
  // What is cut off is of rows, too.
  const cut = values.length > reference.values.length + listedAtMost;
  if (cut ? listed + missing > rows : listed + missing !== rows) throw changed(rows, listed + missing);
  return listed + missing === rows
    ? countedCategoriesOver(reference, values, missing)
    : frequentCategoriesOver(reference, values, { missing, present: rows - missing });
}

function numbersOf(
  { name, role, type, support, points }: NumberProfile,
  { missing, moments, at, between }: NumberCounts,
): NumberProfile {
  return {
    ...{ name, role, type, support, points: [...points], at: [...at], between: [...between], missing },
    moments: keptDigits(moments),
  };
}
