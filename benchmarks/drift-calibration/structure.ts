/**
 * Changes of structure and dependent rows: how often a check alarms where nothing has changed, at the declared rate of 5%, and how
 * often it names a column that a person would say has changed; beside Evidently's preset and a loop of scipy's tests with
 * Bonferroni's correction, on the very same tables. Ciclo's verdict is by its default share of 30% and, in brackets, by any
 * column. Prints one JSON object. With a file for its progress it can be stopped at any time and goes on where it was.
 *
 * usage: node benchmarks/drift-calibration/structure.ts [--python FOLDER/bin/python [--peers scipy]] [--repeats 200] [--minutes 60]
 *        [--progress FILE.ndjson] [--only 'category|label']
 */
import { parseArgs } from 'node:util';
import { profileOver, profileTable } from '../../shared/dataset/profile/profile.ts';
import { compareTables } from '../../shared/drift/drift.ts';
import type { DriftInput } from '../../shared/drift/drift-input.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { schemaOf } from './check.ts';
import { openProgress } from './progress.ts';
import { rateInterval } from './rate-interval.ts';
import { type Pair, type StructureCase, structureCases } from './structure-cases.ts';
import { type StructurePeers, startStructurePeers } from './structure-peers.ts';

/** A level at which any one drifted column raises the verdict. */
const anyColumn = 1e-6;
/** As `monitor.drift.share` has it, less the last digit of a sum. */
const defaultShare = 0.3;
const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    peers: { type: 'string' },
    repeats: { type: 'string', default: '200' },
    minutes: { type: 'string', default: 'Infinity' },
    progress: { type: 'string' },
    only: { type: 'string' },
  },
});
const cases =
  values.only === undefined
    ? structureCases
    : structureCases.filter(({ name }) => new RegExp(values.only!).test(name));

/** What a judge says of a pair: whether it alarms, and whether it names the first column. */
interface Verdict {
  readonly alarm: boolean;
  readonly named: boolean;
}

type Verdicts = Readonly<Record<string, Verdict>>;

function byCiclo(
  { before, after, dependence }: Pair,
  seed: number,
  { dependent = false, blind = false }: StructureCase,
): Verdicts {
  const profile = profileTable(before, schemaOf(before));
  const input = {
    reference: profile,
    current: profileOver(profile, after),
    tables: { reference: before, current: after },
    // Its own calibration is in drift-calibration.ts; what dependence does to it is seen here.
    multivariate: dependent,
  };
  const check = (known: Pick<DriftInput, 'dependence'>) => {
    const report = compareTables({ ...input, ...known }, { share: anyColumn, seed, permutations: 1999 });
    const named = report.columns.some(({ name, drifted }) => name === 'x0' && drifted);
    const others = report.structural || report.multivariate?.drifted === true;
    return { report, named, byShare: others || report.share.drifted >= defaultShare - 1e-9 };
  };
  const anyOf = ({ report: { drift }, named }: ReturnType<typeof check>): Verdict => ({
    alarm: drift,
    named,
  });
  const { report, named, byShare } = check(dependence ? { dependence } : {});
  return {
    ciclo: { alarm: byShare, named },
    'ciclo-any': { alarm: report.drift, named },
    'ciclo-structural': { alarm: report.structural, named: report.structural },
    ...(blind ? { 'ciclo-rows-as-independent': anyOf(check({})) } : {}),
  };
}

async function judge(
  one: StructureCase,
  repeat: number,
  peers: StructurePeers | undefined,
): Promise<Verdicts> {
  const random = createRandom(JSON.stringify(['structure', one.name, one.sizes])).fork(String(repeat));
  const pair = one.draw(random, one.sizes);
  const answers = peers?.judge(pair.before, pair.after);
  return { ...byCiclo(pair, repeat, one), ...(await answers) };
}

const nameOf = ({ name, sizes }: StructureCase, repeat: number): string =>
  JSON.stringify([name, sizes, repeat]);
const repeats = Number(values.repeats);
const end = performance.now() + 60_000 * Number(values.minutes);
const progress = openProgress<Verdicts>(values.progress);
const peers =
  values.python === undefined ? undefined : await startStructurePeers(values.python, values.peers);
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const one of cases) {
    if (performance.now() > end || progress.results.has(nameOf(one, repeat))) continue;
    progress.add(nameOf(one, repeat), await judge(one, repeat, peers));
  }
}
peers?.end();

/** A rate with its 95% interval, in per cent. */
function rate(hits: number, of: number): string {
  const { low, high } = rateInterval(hits, of);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(hits / of)} (${percent(low)} to ${percent(high)})`;
}

function summaryOf(one: StructureCase): object {
  const found = Array.from({ length: repeats }, (_, i) => progress.results.get(nameOf(one, i)) ?? []).flat();
  const judges = [...new Set(found.flatMap((verdicts) => Object.keys(verdicts)))];
  const rates = judges.map((name) => {
    const own = found.flatMap((verdicts) => verdicts[name] ?? []);
    const hits = (what: keyof Verdict): number => own.filter((verdict) => verdict[what]).length;
    const alarms = rate(hits('alarm'), own.length);
    return [name, one.quiet ? { alarms } : { alarms, named: rate(hits('named'), own.length) }] as const;
  });
  return { case: one.name, sizes: one.sizes, tables: found.length, ...Object.fromEntries(rates) };
}

console.log(JSON.stringify({ versions: peers?.versions, cases: cases.map(summaryOf) }, null, 1));
