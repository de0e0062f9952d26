/**
 * What rules of retraining cost and bring, in worlds whose truth is known: by the product's own check for drift, paired
 * comparison, gate and rule of adoption. Prints one JSON object, progress on the error stream. With --keep the result goes
 * into results.json beside this file, and the table of the README is printed from it.
 *
 * usage: node benchmarks/retraining/retraining.ts [--simulations 100] [--rows 30,100,300] [--scenario sudden] [--keep]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRandom } from '../../shared/platform/random.ts';
import { type Champion, checkOf, isAdopted, type Policy, policies, trainOn } from './policies.ts';
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

function walk(policy: Policy, start: Rows, arriving: readonly Rows[], scenario: Scenario): Walk {
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
    if (!asksForRetraining(policy, champion, { rows, newest })) continue;
    tally.retrainings++;
    const challenger = trainOn(rows, policy.evidence);
    if (!isAdopted(challenger, champion, { rows, policy })) continue;
    tally.adopted++;
    if (period >= changeAt) replaced = true;
    const next = worldOf(scenario, period + 1);
    if (trueError(challenger.model, next) > 1.001 * trueError(champion.model, next)) tally.harmful++;
    champion = challenger;
  }
  return { ...tally, error: errors.reduce((sum, own) => sum + own, 0) / errors.length };
}

function asksForRetraining(
  policy: Policy,
  champion: Champion,
  { rows, newest }: { readonly rows: Rows; readonly newest: Rows },
): boolean {
  if (policy.on !== 'drift') return policy.on === 'every period';
  const { drift, structural } = checkOf(champion, rows, newest);
  return drift && !(policy.structure && structural);
}

/** One line of the table. */
interface Cell {
  readonly scenario: Scenario;
  readonly rows: number;
  readonly policy: string;
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
    const arriving = Array.from({ length: periods }, (_, i) =>
      drawRows({ scenario, period: i + 1, rows }, random),
    );
    return policies.map((policy) => walk(policy, start, arriving, scenario));
  });
  console.error(`${scenario}, ${rows} rows a period, ${(process.cpuUsage().user / 1e6).toFixed(0)} s`);
  return policies.map((policy, i): Cell => {
    const mean = (of: (own: Walk, all: readonly Walk[]) => number) =>
      walks.reduce((sum, all) => sum + of(all[i]!, all), 0) / simulations;
    const rmse = mean(({ error }) => error);
    const variance = mean(({ error }) => (error - rmse) ** 2);
    const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));
    return {
      ...{ scenario, rows, policy: policy.name },
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
const result = { benchmark: 'retraining', simulations, seeds: `0 to ${simulations - 1}`, periods, first };
console.log(JSON.stringify({ ...result, cells }));
if (values.keep) {
  const lines = cells.map((cell) => `    ${JSON.stringify(cell)}`).join(',\n');
  const head = JSON.stringify(result).slice(1, -1);
  writeFileSync(new URL('results.json', import.meta.url), `{\n  ${head},\n  "cells": [\n${lines}\n  ]\n}\n`);
  for (const cell of cells) {
    const waits = cell.scenario === 'sudden' || cell.scenario === 'gradual';
    const { scenario, rows, policy, rmse, regret, retrainings, adopted, harmful, waited } = cell;
    const figures = [rmse.toFixed(3), regret.toFixed(3), retrainings, adopted, harmful, waits ? waited : '–'];
    console.error(`| ${[scenario, rows, policy, ...figures].join(' | ')} |`);
  }
}
