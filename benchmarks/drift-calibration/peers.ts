/**
 * False alarms and power on the very same tables: Ciclo, and by peers.py Evidently's preset for data drift and NannyML's
 * univariate drift, both with their defaults. Power: one of eight normal columns moved, or all of them. Prints one JSON
 * object. With a file for its progress it can be stopped at any time and goes on where it was.
 *
 * Without --python Ciclo alone judges, the same tables: what peers say of them stays.
 *
 * usage: node benchmarks/drift-calibration/peers.ts [--python FOLDER/bin/python] [--progress FILE.ndjson] [--minutes 60]
 *        [--repeats 40]
 */
import { parseArgs } from 'node:util';
import type { Table } from '../../shared/dataset/table/table.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { check } from './check.ts';
import { type Judged, type PeerProcess, peerNames, startPeers, type Verdict } from './peer-process.ts';
import { openProgress } from './progress.ts';
import { rateInterval } from './rate-interval.ts';
import { shifted, simulatedTable, type TableKind, tableKinds } from './tables.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    progress: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    repeats: { type: 'string', default: '40' },
  },
});

const sizes = [
  [100, 100],
  [1000, 100],
  [1000, 1000],
  [10_000, 1000],
] as const;
type Judge = 'ciclo' | 'ciclo-any' | (typeof peerNames)[number];
const judges: readonly Judge[] = ['ciclo', 'ciclo-any', ...(values.python === undefined ? [] : peerNames)];
type Verdicts = Partial<Record<Judge, Verdict>>;

interface Case {
  readonly kind: TableKind;
  readonly reference: number;
  readonly current: number;
  /** In standard deviations, of one column or of all. */
  readonly shift: number;
  readonly moved: 'none' | 'one' | 'all';
}

const cases = sizes.flatMap(([reference, current]): Case[] => [
  ...tableKinds.map((kind) => ({ kind, reference, current, shift: 0, moved: 'none' as const })),
  ...[0.1, 0.25, 0.5, 1].flatMap((shift) =>
    (['one', 'all'] as const).map((moved) => ({
      kind: 'continuous' as const,
      reference,
      current,
      shift,
      moved,
    })),
  ),
]);

function move(table: Table, { moved, shift }: Case): Table {
  const names = moved === 'none' ? [] : moved === 'one' ? ['x0'] : [...table.columns.keys()];
  return names.reduce((so, name) => shifted(so, name, shift), table);
}

/** With the declared share of 30 % of the columns, and by any column; predictions and all together count in both. */
function byCiclo(...[reference, current, settings]: Parameters<typeof check>): Verdicts {
  const report = check(reference, current, settings);
  const columns = report.columns.filter(({ drifted }) => drifted).map(({ name }) => name);
  const others =
    report.structural || (report.prediction?.drifted ?? false) || (report.multivariate?.drifted ?? false);
  return {
    ciclo: { alarm: others || report.share.drifted >= 0.3 - 1e-9, columns },
    'ciclo-any': { alarm: report.drift, columns },
  };
}

async function judgeOne(one: Case, repeat: number, peers: PeerProcess | undefined): Promise<Verdicts> {
  const { kind, reference, current, shift, moved } = one;
  const random = createRandom(JSON.stringify(['peers', kind, reference, current, shift, moved])).fork(
    String(repeat),
  );
  const before = simulatedTable(kind, reference, random);
  const after = move(simulatedTable(kind, current, random), one);
  const answers = peers?.judge(before, after);
  const own = byCiclo(before, after, { random, settings: { seed: repeat, profiles: false } });
  return { ...own, ...(await answers) };
}

const nameOf = (one: Case, repeat: number): string => JSON.stringify([...Object.values(one), repeat]);
const repeats = Number(values.repeats);
const end = performance.now() + 60_000 * Number(values.minutes);
const progress = openProgress<Verdicts>(values.progress);
const peers = values.python === undefined ? undefined : await startPeers(values.python);
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const one of cases) {
    if (performance.now() > end || progress.results.has(nameOf(one, repeat))) continue;
    progress.add(nameOf(one, repeat), await judgeOne(one, repeat, peers));
  }
}
peers?.end();

/** A rate with its 95 % interval, in whole and tenth per cent as a table has it. */
function rate(hits: number, of: number): object {
  const { low, high } = rateInterval(hits, of);
  const percent = (value: number): number => Number((100 * value).toFixed(1));
  return { hits, of, percent: percent(hits / of), low: percent(low), high: percent(high) };
}

/** How often a judge alarmed, and how often it named the column that was moved. */
function summary(judge: Judge, tables: readonly Verdicts[]): object {
  const verdicts = tables.flatMap((verdict) => verdict[judge] ?? []);
  const judged = verdicts.filter((verdict): verdict is Judged => !('error' in verdict));
  const chunks = judged.flatMap(({ chunks }) => chunks ?? []);
  return {
    errors: verdicts.length - judged.length,
    alarms: rate(judged.filter(({ alarm }) => alarm).length, judged.length),
    named: rate(judged.filter(({ columns }) => columns.includes('x0')).length, judged.length),
    columns: judged.reduce((sum, { columns }) => sum + columns.length, 0) / (8 * judged.length),
    ...(chunks.length > 0 ? { chunks: chunks.reduce((a, b) => a + b, 0) / chunks.length } : {}),
  };
}

function summaries(key: (one: Case) => string | undefined): object {
  const groups = Map.groupBy(cases, key);
  groups.delete(undefined);
  return Object.fromEntries(
    [...groups].map(([name, group]) => {
      const tables = group.flatMap((one) =>
        Array.from({ length: repeats }, (_, i) => progress.results.get(nameOf(one, i)) ?? []).flat(),
      );
      return [name, Object.fromEntries(judges.map((judge) => [judge, summary(judge, tables)]))];
    }),
  );
}

const size = ({ reference, current }: Case): string => `${reference}/${current}`;
const quiet = (key: (one: Case) => string): object =>
  summaries((one) => (one.moved === 'none' ? key(one) : undefined));
console.log(
  JSON.stringify(
    {
      versions: peers?.versions,
      falseAlarms: { all: quiet(() => 'all'), byTable: quiet(({ kind }) => kind), bySize: quiet(size) },
      power: summaries((one) =>
        one.moved === 'none' ? undefined : `${one.moved} ${one.shift} ${size(one)}`,
      ),
    },
    null,
    1,
  ),
);
