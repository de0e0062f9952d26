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
import { noMoments } from '../dataset/statistics/moments.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { formatCount } from '../text/counts.ts';
import { centred } from './counted-columns.ts';
import type {
  CountedNumber,
  CountedRows,
  CountedValue,
  Dialect,
  NumberCounts,
  SqlValue,
  TextCounts,
} from './dialect.ts';

/** Sends a statement to an engine. */
export type Ask = (sql: string) => Promise<readonly (readonly SqlValue[])[]>;

/** How an engine's rows are counted. */
export interface CountPlan {
  readonly dialect: Dialect;
  readonly rows: CountedRows;
  /** By column; a column of the reference that is not among them is absent. */
  readonly values: ReadonlyMap<string, CountedValue>;
  readonly ask: Ask;
}

/**
 * Profiles rows over a reference's support, as `profileOver` does, without reading them: two statements a batch of
 * columns.
 *
 * Counts are exactly those of the rows. Means and sums of squares are those of the rows up to rounding of sums of deviations
 * from the reference's mean; values beyond ±1e150 count as that in them. Of a column with more than 256 categories that the reference lacks, the most frequent
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

/** How many rows there are. */
export async function countRows({ dialect, rows, ask }: Omit<CountPlan, 'values'>): Promise<number> {
  const { sql, read } = dialect.countNumbers(rows, [{ sql: dialect.number(0), centre: 0, points: [] }]);
  return read(await ask(sql)).rows;
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
  { dialect, rows, values, ask }: CountPlan,
): Promise<{ readonly rows: number; readonly columns: readonly NumberCounts[] }> {
  const wanted = columns.map((column): CountedNumber => {
    const { sql } = values.get(column.name)!;
    return column.type === 'boolean'
      ? { sql, centre: 0, points: [0, 1] }
      : { sql, centre: column.moments.mean, points: column.points };
  });
  const put = async (some: readonly CountedNumber[]) => {
    const { sql, read } = dialect.countNumbers(rows, some);
    return read(await ask(sql));
  };
  const found = await put(wanted);
  const beyond = wanted.filter((_, i) => !hasSums(found.columns[i]!));
  if (beyond.length === 0) return found;
  // Rarely so: squares of such values leave the range of a double.
  const again = await put(beyond.map((column) => ({ ...column, bounded: true })));
  if (again.rows !== found.rows) throw changed(found.rows, again.rows);
  return {
    rows: found.rows,
    columns: found.columns.map((column, i) => again.columns[beyond.indexOf(wanted[i]!)] ?? column),
  };
}

function hasSums({ sum, squares }: NumberCounts): boolean {
  return Number.isFinite(sum) && Number.isFinite(squares);
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
  { name, role, type, support, points, moments }: NumberProfile,
  { count, missing, sum, squares, min, max, at, between }: NumberCounts,
): NumberProfile {
  // The sum of squares of deviations from another centre than the mean is larger by this much.
  const m2 = count === 0 ? 0 : Math.max(0, squares - (sum * sum) / count);
  return {
    ...{ name, role, type, support, points: [...points], at: [...at], between: [...between], missing },
    moments:
      count === 0
        ? noMoments
        : min === max
          ? { count, mean: min!, m2: 0, min, max }
          : { count, mean: centred(moments.mean) + sum / count, m2, min, max },
  };
}
