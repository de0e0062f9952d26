import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureSchema } from '../../config/sections/features-section.ts';
import { profileOver, profileTable } from '../../dataset/profile/profile.ts';
import { withMinCount } from '../../dataset/profile/profile-publication.ts';
import type { ColumnProfile, Profile } from '../../dataset/profile/profile-schema.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, type ColumnType, type Table, tableOf } from '../../dataset/table/table.ts';
import { countedProfile } from '../counted-profile.ts';
import type { Ask } from '../counted-range.ts';
import type { Dialect, Scan } from '../dialect.ts';
import { valueExpression } from '../value-expression.ts';
import { selectOf, sqlColumnsOf } from './sql-table.ts';

/** An engine that runs. */
export interface CountingEngine {
  readonly dialect: Dialect;
  readonly ask: Ask;
  readonly scan?: Scan;
}

/** Columns of one table by name. */
type Values = readonly (number | string | boolean | Date | null)[];

/** A table of plain values; the type is that of the first one. */
function tableOfValues(columns: Readonly<Record<string, { type: ColumnType; values: Values }>>): Table {
  return tableOf(
    Object.entries(columns).map(([name, { type, values }]) => [name, columnOfValues(type, values)]),
  );
}

function columnOfValues(type: ColumnType, values: Values): Column {
  if (type === 'category') {
    const dictionary = [...new Set(values.filter((value) => typeof value === 'string'))];
    return {
      type,
      dictionary,
      codes: Int32Array.from(values, (value) => dictionary.indexOf(value as string)),
    };
  }
  if (type === 'boolean') {
    return { type, values: Int8Array.from(values, (value) => (value === null ? -1 : Number(value))) };
  }
  return {
    type,
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
  };
}

function schemaOf(table: Table): DatasetSchema {
  return {
    columns: [...table.columns].map(([name, { type }]) => ({ name, type, role: 'feature' })),
  } as unknown as DatasetSchema;
}

/** Profiles a table in the engine. */
async function countedIn(
  { dialect, ask, scan }: CountingEngine,
  reference: Profile,
  table: Table,
): Promise<Profile> {
  const columns = sqlColumnsOf(dialect, table);
  const values = new Map(
    columns.map((column) => {
      const { type } = table.columns.get(column.name)!;
      const wanted = { type, markers: [], trim: false, asText: false };
      return [column.name, valueExpression(dialect, column, wanted)!];
    }),
  );
  return countedProfile(reference, {
    dialect,
    rows: { query: selectOf(dialect, table), where: [] },
    values,
    ...{ ask, scan },
  });
}

/**
 * Means and sums of squares are sums in another order, of deviations from the reference's mean, and right to the last digits
 * of what is added up; all else is the same.
 */
export function expectSameProfile(found: Profile, expected: Profile, reference = expected): void {
  expect({ ...found, columns: found.columns.map(withoutMoments) }).toEqual({
    ...expected,
    columns: expected.columns.map(withoutMoments),
  });
  for (const [i, column] of expected.columns.entries()) {
    if (!('moments' in column)) continue;
    const own = (found.columns[i] as typeof column).moments;
    const { count, mean, m2, min, max } = column.moments;
    expect(own).toMatchObject({ count, min, max });
    const centre = (reference.columns[i] as typeof column).moments.mean;
    const scale = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0), Math.abs(centre));
    // Squares beyond the range of doubles: values count as the bound in one, and as themselves in the other.
    if (scale > 1e150) continue;
    expect(Math.abs(own.mean - mean)).toBeLessThanOrEqual(1e-12 * scale);
    expect(Math.abs(own.m2 - m2)).toBeLessThanOrEqual(1e-9 * m2 + 1e-12 * count * scale * scale);
  }
}

function withoutMoments(column: ColumnProfile): ColumnProfile {
  return 'moments' in column
    ? { ...column, moments: { count: 0, mean: 0, m2: 0, min: null, max: null } }
    : column;
}

/** Names and texts that end literals, comments and identifiers. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...[
      "'",
      '"',
      '\\',
      "\\'",
      "'; DROP TABLE x; --",
      '--',
      '/*',
      '*/',
      '$$',
      '${x}',
      '?',
      ':a',
      '%s',
      ' ',
      '\n',
      'é',
      '日本',
      '🙂',
    ],
    ...['null', 'NULL', 'select', '""', "''", 'a"b', "a'b", '\\\\', '\u00a0x\u3000'],
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => !text.includes('\0') && !text.startsWith('\ufeff')),
);

const finite = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e140, max: 1e140 }),
  fc.constantFrom(0, -0, 0.1, 0.1 + 0.2, 0.3, 1e-300, 5e-324, Number.MAX_SAFE_INTEGER, 1e22),
);
const time = fc
  .integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) })
  .map((milliseconds) => new Date(milliseconds));

const side = (names: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        ...[finite, hostile, fc.boolean(), time].map((one) =>
          fc.option(one as fc.Arbitrary<number>, { freq: 5 }),
        ),
      ),
      {
        maxLength: 30,
      },
    )
    .map((rows) =>
      tableOfValues(
        Object.fromEntries(
          (['number', 'category', 'boolean', 'date'] as const).map((type, i) => [
            names[i]!,
            { type, values: rows.map((row) => row[i]!) },
          ]),
        ),
      ),
    );

/** What holds of every engine. @param runs of the property: how many random tables. */
export function testCounting(engine: () => CountingEngine, runs = 40): void {
  test('gives the profile of its rows, whatever they hold and are called', async () => {
    const tables = fc
      .uniqueArray(hostile, { minLength: 4, maxLength: 4, selector: (name) => name.toLowerCase() })
      .chain((names) => fc.tuple(side(names), side(names)));
    await fc.assert(
      fc.asyncProperty(tables, async ([before, now]) => {
        const reference = profileTable(before, schemaOf(before));
        expectSameProfile(await countedIn(engine(), reference, now), profileOver(reference, now), reference);
      }),
      { numRuns: runs },
    );
  });

  test('gives the profile over published bins, and over neighbouring doubles', async () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.round(1000 * Math.sin(i)) / 10);
    const before = tableOfValues({ x: { type: 'number', values } });
    const published = withMinCount(profileTable(before, schemaOf(before)), 5);
    const now = tableOfValues({ x: { type: 'number', values: values.map((value) => value * 1.5 + 3) } });
    expectSameProfile(await countedIn(engine(), published, now), profileOver(published, now), published);
    const near = tableOfValues({ x: { type: 'number', values: [0.3, 0.1 + 0.2, 5e-324, 0, -5e-324, 1, 1] } });
    const close = profileTable(near, schemaOf(near));
    expectSameProfile(await countedIn(engine(), close, near), close);
  });

  test('counts more values than a support has, and more columns than a statement', async () => {
    const values = Array.from({ length: 3000 }, (_, i) => Math.sin(i) * 1e6);
    const before = tableOfValues({ x: { type: 'number', values } });
    const reference = profileTable(before, schemaOf(before));
    expect(reference.columns[0]).toMatchObject({ support: 'quantiles' });
    expectSameProfile(await countedIn(engine(), reference, before), profileOver(reference, before));
    const wide = tableOfValues(
      Object.fromEntries(
        Array.from({ length: 70 }, (_, i) => [
          `c${i}`,
          i % 2
            ? { type: 'number', values: [i, null, 2] }
            : { type: 'category', values: ['a', null, `${i}`] },
        ]),
      ),
    );
    const own = profileTable(wide, schemaOf(wide));
    expectSameProfile(await countedIn(engine(), own, wide), profileOver(own, wide));
  });

  test('names the most frequent categories that the reference lacks', async () => {
    const before = tableOfValues({ x: { type: 'category', values: ['a', 'b', 'b'] } });
    const reference = profileTable(before, schemaOf(before));
    const others = Array.from({ length: 300 }, (_, i) => `n${i}`);
    const now = tableOfValues({
      x: { type: 'category', values: ['b', null, ...others, 'n299', 'n299', 'n298'] },
    });
    const [found] = (await countedIn(engine(), reference, now)).columns;
    expect(found).toMatchObject({
      missing: 1,
      values: ['b', 'a'],
      counts: [1, 0],
      others: { rows: 303, complete: false },
    });
    const { listed } = (found as Extract<ColumnProfile, { type: 'category' }>).others;
    expect(listed).toHaveLength(256);
    expect(listed).toContainEqual({ value: 'n299', count: 3 });
    expect(listed).toContainEqual({ value: 'n298', count: 2 });
  });

  test('counts more categories than a profile has', async () => {
    const of = (count: number, suffix: string): Values =>
      Array.from({ length: count }, (_, i) => `${i % 2400}é🙂${i % 7 === 0 ? suffix : ''}`);
    for (const categories of [2048, 2049, 2700]) {
      const before = tableOfValues({ x: { type: 'category', values: of(categories, '') } });
      const reference = profileTable(before, schemaOf(before));
      const now = tableOfValues({
        x: { type: 'category', values: [...of(1200, ' '), null, ...of(900, '')] },
      });
      expectSameProfile(await countedIn(engine(), reference, now), profileOver(reference, now));
    }
  });

  test('cleans values as rows are cleaned', async () => {
    const { dialect, ask, scan } = engine();
    const table = tableOfValues({
      n: { type: 'number', values: [1, 5, 12, null, -3] },
      t: { type: 'category', values: [' a ', 'NA', '\u00a0b\t', '', 'c'] },
    });
    const [n, t] = sqlColumnsOf(dialect, table);
    const counted = async (column: typeof n, feature: object, type: ColumnType, of: Values) => {
      const expression = valueExpression(dialect, column!, {
        type,
        markers: ['', 'NA'],
        trim: true,
        asText: false,
        feature: featureSchema.parse(feature),
      })!;
      const wanted = tableOfValues({ [column!.name]: { type, values: of } });
      const reference = profileTable(wanted, schemaOf(wanted));
      const rows = { query: selectOf(dialect, table), where: expression.where };
      const values = new Map([[column!.name, expression]]);
      expectSameProfile(
        await countedProfile(reference, { dialect, rows, values, ask, scan }),
        profileOver(reference, wanted),
      );
    };
    await counted(n, { range: [0, 10] }, 'number', [1, 5, null, null, null]);
    await counted(n, { range: [0, 10], invalid: 'clip' }, 'number', [1, 5, 10, null, 0]);
    await counted(n, { range: [0, null], invalid: 'drop' }, 'number', [1, 5, 12, null]);
    await counted(n, { range: [null, 10], invalid: 'fail', missing: 'drop' }, 'number', [1, 5, -3]);
    await counted(t, {}, 'category', ['a', null, 'b', null, 'c']);
    await counted(t, { values: ['a', 'b'] }, 'category', ['a', null, 'b', null, null]);
    await counted(t, { values: ['a', 'b'], invalid: 'drop', missing: 'drop' }, 'category', ['a', 'b']);
  });

  test('reads one SELECT, whatever it ends with', async () => {
    const { dialect, ask, scan } = engine();
    const table = tableOfValues({ x: { type: 'number', values: [1, 2, 2] } });
    const reference = profileTable(table, schemaOf(table));
    for (const end of [';', ' ; \n', ' -- a comment', ' /* another */;']) {
      const rows = { query: `${selectOf(dialect, table)}${end}`, where: [] };
      const values = new Map([['x', { sql: dialect.identifier('x') }]]);
      expectSameProfile(await countedProfile(reference, { dialect, rows, values, ask, scan }), reference);
    }
  });
}
