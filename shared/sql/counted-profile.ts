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
  Dialect,
  NumberCounts,
  SqlValue,
  Statement,
  TextCounts,
} from './dialect.ts';

/** Sends a statement to an engine. */
export type Ask = (sql: string) => Promise<readonly (readonly SqlValue[])[]>;

/** How an engine's rows are counted. */
export interface CountPlan {
  readonly dialect: Dialect;
  readonly rows: CountedRows;
  /** Cleaned values by column; a column of the reference that is not among them is absent. */
  readonly values: ReadonlyMap<string, string>;
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
  const { dialect, rows, values, ask } = plan;
  const put = async <Answer>({ sql, read }: Statement<Answer>): Promise<Answer> => read(await ask(sql));
  const present = reference.columns.filter(({ name }) => values.has(name));
  const columns = new Map<string, ColumnProfile>();
  let counted: number | undefined;
  for (const batch of batchesOf(present, dialect.batch)) {
    const numbers = await put(
      dialect.countNumbers(
        rows,
        batch.map((column) => countedNumber(column, values.get(column.name)!, dialect)),
      ),
    );
    counted ??= numbers.rows;
    if (numbers.rows !== counted) throw changed(counted, numbers.rows);
    const texts = await countTexts(batch, plan, put);
    for (const [i, column] of batch.entries()) {
      const found = numbers.columns[i]!;
      const known = texts.get(column.name);
      if (known && known.total > found.count) throw changed(counted, counted + known.total - found.count);
      columns.set(column.name, profileOf(column, found, known?.counts));
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

/** Of truths both are counted as numbers; of texts only how many there are. */
function countedNumber(column: ColumnProfile, sql: string, dialect: Dialect): CountedNumber {
  switch (column.type) {
    case 'boolean':
      return { sql, centre: 0, points: [0, 1] };
    case 'category':
      return {
        sql: `CASE WHEN ${sql} IS NOT NULL THEN ${dialect.number(0)} END`,
        centre: 0,
        points: [],
      };
    default:
      return { sql, centre: column.moments.mean, points: column.points };
  }
}

async function countTexts(
  batch: readonly ColumnProfile[],
  { dialect, rows, values }: CountPlan,
  put: (statement: Statement<readonly TextCounts[]>) => Promise<readonly TextCounts[]>,
): Promise<Map<string, { readonly counts: TextCounts; readonly total: number }>> {
  const categories = batch.filter((column) => column.type === 'category');
  if (categories.length === 0) return new Map();
  const answers = await put(
    dialect.countTexts(
      rows,
      categories.map((column) => ({
        sql: values.get(column.name)!,
        wanted: column.values,
        // One more than can be listed says that there are more.
        others: listedAtMost + 1,
      })),
    ),
  );
  return new Map(
    categories.map(({ name }, i) => {
      const counts = answers[i]!;
      return [name, { counts, total: counts.reduce((sum, { count }) => sum + count, 0) }];
    }),
  );
}

function profileOf(
  reference: ColumnProfile,
  found: NumberCounts,
  texts: TextCounts | undefined,
): ColumnProfile {
  switch (reference.type) {
    case 'boolean': {
      const { name, role, type } = reference;
      const [no, yes] = found.at;
      return { name, role, type, missing: found.missing, false: no!, true: yes! };
    }
    case 'category':
      return categoriesOf(reference, found, texts ?? []);
    default:
      return numbersOf(reference, found);
  }
}

function categoriesOf(
  reference: CategoryProfile,
  { count, missing }: NumberCounts,
  texts: TextCounts,
): CategoryProfile {
  const total = texts.reduce((sum, text) => sum + text.count, 0);
  return total === count
    ? countedCategoriesOver(reference, texts, missing)
    : frequentCategoriesOver(reference, texts, { missing, present: count });
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
