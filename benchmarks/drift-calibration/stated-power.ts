/**
 * Whether a report's "a shift of … would be seen in 80 % of such windows" is true: one column of fresh current rows is
 * moved by exactly what the report of unmoved rows states, and the column is counted when a check calls it drifted. Few
 * different numbers stay what they are: as many rows go over to the next one as move the mean by the shift. Of
 * categories that share of rows goes from the reference's most frequent category to its others in proportion. Prints one
 * JSON object; a case fails when the upper end of its power's interval is below 80 %, at a confidence of 95 % for all
 * cases together (Bonferroni).
 *
 * usage: node benchmarks/drift-calibration/stated-power.ts [--repeats 200] [--progress FILE.ndjson] [--minutes 60]
 *        [--again categorical/1000/1000,… --series 2] [--published]
 */
import { parseArgs } from 'node:util';
import { columnOf, type Table, tableOf } from '../../shared/dataset/table/table.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { check } from './check.ts';
import { againOf } from './grid.ts';
import { moved } from './moved-column.ts';
import { openProgress } from './progress.ts';
import { rateInterval } from './rate-interval.ts';
import { realValued, simulatedTable, type TableKind } from './tables.ts';

const promised = 0.8;
const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '200' },
    progress: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    again: { type: 'string' },
    series: { type: 'string', default: '2' },
    published: { type: 'boolean', default: false },
  },
});

const sizes = [
  [100, 100],
  [300, 300],
  [1000, 100],
  [1000, 1000],
  [10_000, 1000],
  [10_000, 10_000],
] as const;

/** The columns of each kind of table that no other kind has too, and what they hold. */
const columns: Partial<Record<TableKind, Readonly<Record<string, string>>>> = {
  mixed: {
    x0: 'normal',
    x1: 'Cauchy',
    x2: '60 % zeros, else log-normal',
    x3: 'digits 0 to 9',
    x4: '0 or 1, 10 % ones',
    x5: '3 categories',
    x6: '60 categories',
    x7: 'normal, 10 % missing',
  },
  'heavy-tailed': { x1: 'log-normal' },
  discrete: { x2: 'Poisson, mean 2', x3: 'Poisson, mean 20' },
  [realValued]: { x0: 'normal', x1: 'log-normal', x2: 'mixture', x3: 'normal, one decimal' },
  categorical: { x0: '2 categories', x2: '5 categories', x4: '20 categories', x7: '200 categories' },
};

interface Case {
  readonly kind: TableKind;
  readonly reference: number;
  readonly current: number;
  readonly profiles: boolean;
  readonly published?: boolean;
  readonly series?: number;
}

const allCases = sizes.flatMap(([reference, current]): Case[] => [
  ...Object.keys(columns)
    .filter((kind) => kind !== realValued)
    .map((kind) => ({ kind: kind as TableKind, reference, current, profiles: false })),
  ...(reference > 2048 ? [{ kind: 'mixed' as const, reference, current, profiles: true }] : []),
]);

/** Sixty real-valued columns by their published profiles and by their rows. */
const publishedCases = (
  [
    [100, 100],
    [300, 300],
    [3000, 1000],
  ] as const
).flatMap(([reference, current]) =>
  [true, false].map(
    (published): Case => ({ kind: realValued, reference, current, profiles: published, published }),
  ),
);

const repeats = Number(values.repeats);
const cases: readonly Case[] =
  values.again === undefined
    ? values.published
      ? publishedCases
      : allCases
    : againOf(values.again.split(','), Number(values.series), repeats).map(
        ({ kind, reference, current, profiles, series = 2 }) => ({
          kind,
          reference,
          current,
          profiles,
          series,
        }),
      );

interface Told {
  /** What the report states; null where it says that no shift would be seen. */
  readonly stated: number | null;
  readonly found: boolean;
}

function judge(
  { kind, reference, current, profiles, published = false, series }: Case,
  repeat: number,
): Record<string, Told> {
  const draw = [
    'stated',
    kind,
    reference,
    current,
    profiles && !published,
    ...(series === undefined ? [] : [series]),
  ];
  const random = createRandom(JSON.stringify(draw)).fork(String(repeat));
  const before = simulatedTable(kind, reference, random);
  const after = simulatedTable(kind, current, random);
  const fresh = simulatedTable(kind, 10_000, random.fork('fresh'));
  const settings = { seed: repeat, profiles, published, columnsAlone: true };
  const checkOf = (table: Table) => check(before, table, { random, settings }).columns;
  const stated = new Map(checkOf(after).map((column) => [column.name, column['detectable-shift']]));
  return Object.fromEntries(
    Object.keys(columns[kind]!).map((name): [string, Told] => {
      const shift = stated.get(name) ?? null;
      if (shift === null) return [name, { stated: null, found: false }];
      const column = moved(columnOf(before, name), columnOf(after, name), {
        shift,
        fresh: columnOf(fresh, name),
        random: random.fork(name),
      });
      const table = tableOf(new Map(after.columns).set(name, column));
      return [name, { stated: shift, found: checkOf(table).find((one) => one.name === name)!.drifted }];
    }),
  );
}

const nameOf = (one: Case, repeat: number): string => JSON.stringify([...Object.values(one), repeat]);
const end = performance.now() + 60_000 * Number(values.minutes);
const progress = openProgress<Record<string, Told>>(values.progress);
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const one of cases) {
    if (performance.now() > end || progress.results.has(nameOf(one, repeat))) continue;
    progress.add(nameOf(one, repeat), judge(one, repeat));
  }
}

const round = (value: number): number => Number(value.toPrecision(3));
const powers = cases.flatMap((one) => {
  const told = Array.from({ length: repeats }, (_, i) => progress.results.get(nameOf(one, i)) ?? []).flat();
  return Object.entries(columns[one.kind]!).map(([name, holds]) => {
    const said = told.flatMap((columns) => (columns[name]?.stated == null ? [] : columns[name]));
    const found = said.filter((each) => each.found).length;
    const mean = said.reduce((sum, { stated }) => sum + stated!, 0) / said.length;
    return { ...one, column: holds, checks: told.length, stated: said.length, mean: round(mean), found };
  });
});
const judged = powers.filter(({ stated }) => stated > 0);
const fails = ({ found, stated }: (typeof judged)[number]): boolean =>
  rateInterval(found, stated, 1 - 0.05 / judged.length).high < promised;
console.log(
  JSON.stringify(
    {
      promised,
      cases: judged.length,
      failed: judged.filter(fails).length,
      powers: powers.map((power) => {
        const { low, high } =
          power.stated > 0 ? rateInterval(power.found, power.stated) : { low: 0, high: 1 };
        const share = power.stated > 0 ? round(power.found / power.stated) : null;
        return {
          ...power,
          power: share,
          low: round(low),
          high: round(high),
          fails: power.stated > 0 && fails(power),
        };
      }),
    },
    null,
    1,
  ),
);
