/**
 * What rules of retraining cost and bring, in worlds whose truth is known: by the product's own check for drift, paired
 * comparison, gate and rule of adoption. Simulation k has the seed k, from 0. Prints one JSON object, progress on the error
 * stream. With --keep the cells go into results.json beside this file, in the place of those of the same scenario and rows.
 *
 * usage: node benchmarks/retraining/retraining.ts [--simulations 100] [--rows 30,100,300] [--scenario sudden] [--keep]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRandom } from '../../shared/platform/random.ts';
import { type Champion, checkOf, isAdopted, judge, type Policy, policies, trainOn } from './policies.ts';
import {
  changeAt,
  drawRows,
  isCorrupted,
  joinRows,
  type Rows,
  type Scenario,
  scenarios,
  trueError,
  worldOf,
} from './world.ts';

const { values } = parseArgs({
  options: {
    simulations: { type: 'string', default: '100' },
    rows: { type: 'string', default: '30,100,300' },
    scenario: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const simulations = Number(values.simulations);
/** Periods that a policy lives through, and those whose rows the first model is trained on. */
const [periods, first] = [12, 5];

/** What one policy came to in one simulation. */
interface Walk {
  /** Mean of the exact error over the periods, the corrupted one left out. */
  readonly error: number;
  readonly retrainings: number;
  readonly adopted: number;
  /** Adopted though the true error of the next period grew by more than a thousandth. */
  readonly harmful: number;
  /** Periods of the changed world that the first model still predicts. */
  readonly waited: number;
}

/** What policies of the same evidence have in common, as long as their champions have the same rows. */
function remembering() {
  const known = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as T;
  };
}

interface Arrivals {
  readonly scenario: Scenario;
  readonly start: Rows;
  readonly arriving: readonly Rows[];
  readonly once: ReturnType<typeof remembering>;
}

function walk(policy: Policy, { scenario, start, arriving, once }: Arrivals): Walk {
  const { evidence, better } = policy;
  let champion: Champion = trainOn(start, policy.evidence);
  let rows = start;
  const errors: number[] = [];
  const tally = { retrainings: 0, adopted: 0, harmful: 0, waited: 0 };
  let replaced = false;
  for (const [i, newest] of arriving.entries()) {
    const period = i + 1;
    if (!isCorrupted(scenario, period)) errors.push(trueError(champion.model, worldOf(scenario, period)));
    if (period >= changeAt && !replaced) tally.waited++;
    const before = rows;
    rows = joinRows([before, newest]);
    const key = `${evidence} ${champion.rows} ${period}`;
    if (policy.on === 'nothing') continue;
    if (policy.on === 'drift') {
      const { drift, structural } = once(`check ${key}`, () => checkOf(champion, rows, newest));
      if (!drift || (policy.structure && structural)) continue;
    }
    tally.retrainings++;
    const challenger = trainOn(rows, evidence);
    if (evidence !== undefined && better !== undefined) {
      const judged = once(`judge ${key}`, () => judge(challenger, champion, { rows, evidence }));
      if (!isAdopted(judged, better)) continue;
    }
    tally.adopted++;
    if (period >= changeAt) replaced = true;
    const next = worldOf(scenario, period + 1);
    if (trueError(challenger.model, next) > 1.001 * trueError(champion.model, next)) tally.harmful++;
    champion = challenger;
  }
  return { ...tally, error: errors.reduce((sum, own) => sum + own, 0) / errors.length };
}

/** One line of the table. */
interface Cell {
  readonly scenario: Scenario;
  readonly rows: number;
  readonly policy: string;
  readonly simulations: number;
  readonly rmse: number;
  /** Of the mean over the simulations. */
  readonly error: number;
  /** Beside the best policy of the same simulation. */
  readonly regret: number;
  readonly retrainings: number;
  readonly adopted: number;
  readonly harmful: number;
  readonly waited: number;
}

function cellsOf(scenario: Scenario, rows: number): Cell[] {
  const walks = Array.from({ length: simulations }, (_, seed) => {
    const random = createRandom(seed).fork(`${scenario} ${rows}`);
    const start = drawRows({ scenario, period: 0, rows: first * rows }, random);
    const once = remembering();
    const arriving = Array.from({ length: periods }, (_, i) =>
      drawRows({ scenario, period: i + 1, rows }, random),
    );
    return policies.map((policy) => walk(policy, { scenario, start, arriving, once }));
  });
  console.error(`${scenario}, ${rows} rows a period, ${(process.cpuUsage().user / 1e6).toFixed(0)} s`);
  return policies.map((policy, i): Cell => {
    const mean = (of: (own: Walk, all: readonly Walk[]) => number) =>
      walks.reduce((sum, all) => sum + of(all[i]!, all), 0) / simulations;
    const rmse = mean(({ error }) => error);
    const variance = mean(({ error }) => (error - rmse) ** 2);
    const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));
    return {
      ...{ scenario, rows, policy: policy.name, simulations },
      rmse: rounded(rmse, 3),
      error: rounded(Math.sqrt(variance / simulations), 4),
      regret: rounded(
        mean(({ error }, all) => error - Math.min(...all.map((other) => other.error))),
        3,
      ),
      retrainings: rounded(
        mean((own) => own.retrainings),
        2,
      ),
      adopted: rounded(
        mean((own) => own.adopted),
        2,
      ),
      harmful: rounded(
        mean((own) => own.harmful),
        2,
      ),
      waited: rounded(
        mean((own) => own.waited),
        2,
      ),
    };
  });
}

const cells = scenarios
  .filter((scenario) => !values.scenario || scenario.startsWith(values.scenario))
  .flatMap((scenario) => values.rows.split(',').flatMap((rows) => cellsOf(scenario, Number(rows))));
const result = { benchmark: 'retraining', periods, first };
console.log(JSON.stringify({ ...result, cells }));
if (values.keep) {
  const path = new URL('results.json', import.meta.url);
  const kept: Cell[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).cells : [];
  const same = (a: Cell, b: Cell) => a.scenario === b.scenario && a.rows === b.rows && a.policy === b.policy;
  const all = [...kept.filter((old) => !cells.some((own) => same(own, old))), ...cells].toSorted(
    (a, b) => scenarios.indexOf(a.scenario) - scenarios.indexOf(b.scenario) || a.rows - b.rows,
  );
  writeFileSync(path, `${JSON.stringify({ ...result, cells: all }, null, 2)}\n`);
}
