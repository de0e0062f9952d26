/**
 * Accuracy of boosted trees beside LightGBM and scikit-learn's histogram gradient boosting: the same settings on the same rows
 * of tables that come with scikit-learn, judged out of five folds. Prints one JSON object; fails where Ciclo's loss is above
 * the worse peer's by more than two standard errors of the difference between the peers.
 *
 * usage: node benchmarks/trees/accuracy.ts [--python python3]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { boost, type TreeRows } from '../../shared/model/trees/boost.ts';
import { binaryLoss, multiclassLoss, squaredLoss } from '../../shared/model/trees/boosting-losses.ts';
import type { TreeColumn } from '../../shared/model/trees/tree-columns.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } });

/** What accuracy.py writes. */
interface Case {
  readonly name: string;
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly targets: readonly number[];
  readonly columns: readonly (
    | { readonly kind: 'number'; readonly values: readonly (number | null)[] }
    | { readonly kind: 'category'; readonly codes: readonly number[]; readonly levels: number }
  )[];
  readonly lightgbm: number;
  readonly sklearn: number;
  /** Standard error of the paired difference between the two. */
  readonly noise: number;
}

function readCases(): Case[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-accuracy-'));
  try {
    execFileSync(values.python, [path.join(import.meta.dirname, 'accuracy.py'), folder], {
      stdio: 'inherit',
    });
    return JSON.parse(readFileSync(path.join(folder, 'tables.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf({ columns, targets }: Case, keep: (row: number) => boolean): TreeRows {
  const rows = [...targets.keys()].filter(keep);
  return {
    rows: rows.length,
    targets: Float64Array.from(rows, (row) => targets[row]!),
    columns: columns.map((column): TreeColumn => {
      if (column.kind === 'category') return { ...column, codes: rows.map((row) => column.codes[row]!) };
      return { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
    }),
  };
}

function outOfFold(one: Case): number {
  const loss = {
    regression: squaredLoss,
    binary: binaryLoss,
    multiclass: multiclassLoss(Math.max(...one.targets) + 1),
  }[one.task];
  const options = {
    ...{ rounds: 100, learningRate: 0.1, leaves: 31, depth: 1000, minimumRows: 20, minimumGain: 0, l2: 0 },
    ...{ smoothing: 10, rowShare: 1, columnShare: 1, patience: 1000 },
  };
  let total = 0;
  for (let fold = 0; fold < 5; fold++) {
    const train = rowsOf(one, (row) => row % 5 !== fold);
    const validation = rowsOf(one, (row) => row % 5 === fold);
    const running = boost({ train, validation, loss, options }, createRandom(1));
    let step = running.next();
    while (!step.done) step = running.next();
    total += step.value.history.at(-1)!.validationLoss * validation.rows;
  }
  // A squared loss here is the square of the error, as the peers' is.
  return total / one.targets.length;
}

const results = readCases().map((one) => {
  const { name, targets, task, lightgbm, sklearn, noise } = one;
  const ciclo = outOfFold(one);
  return { name, rows: targets.length, task, ciclo, lightgbm, sklearn, noise };
});
console.log(JSON.stringify({ benchmark: 'accuracy of trees', results }, null, 2));
if (results.some(({ ciclo, lightgbm, sklearn, noise }) => ciclo > Math.max(lightgbm, sklearn) + 2 * noise)) {
  process.exitCode = 1;
}
