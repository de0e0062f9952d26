/**
 * CPU seconds of boosted trees beside LightGBM and scikit-learn's histogram gradient boosting: 100 rounds of 31 leaves on
 * the same rows of 20 numbers, each in a process of its own with one thread, repeats interleaved, their medians. Cases are a
 * loss (squared, absolute, binary, multiclass of three) and rows. Prints one JSON object.
 *
 * usage: node benchmarks/trees/trees.ts [--cases squared:20000,binary:20000,…] [--repeats 5] [--python python3]
 *        node benchmarks/trees/trees.ts --only ours --file rows.bin --cases squared:20000 (what the above starts)
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { numberBinner } from '../../shared/model/trees/bin-matrix.ts';
import { boost } from '../../shared/model/trees/boost.ts';
import {
  absoluteLoss,
  type BoostingLoss,
  binaryLoss,
  multiclassLoss,
  squaredLoss,
} from '../../shared/model/trees/boosting-losses.ts';
import { compactModel } from '../../shared/model/trees/tree-model.ts';
import { createTreeScorer } from '../../shared/model/trees/tree-scorer.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({
  options: {
    cases: {
      type: 'string',
      default: 'squared:20000,absolute:20000,binary:20000,multiclass:20000,squared:1000000',
    },
    repeats: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string' },
    file: { type: 'string' },
  },
});
const columnCount = 20;

/** What one contender took, in CPU seconds, and the training loss that it reached. */
interface Outcome {
  readonly fit: number;
  readonly predict: number;
  readonly loss: number;
}

const losses: Readonly<Record<string, BoostingLoss>> = {
  squared: squaredLoss,
  absolute: absoluteLoss,
  binary: binaryLoss,
  multiclass: multiclassLoss(3),
};

/** What a case's target is of the number that writeRows has: the number, its sign, or whether it is low, middling or high. */
function targetOf(task: string, value: number): number {
  if (task === 'binary') return value > 0 ? 1 : 0;
  return task === 'multiclass' ? (value > 0.5 ? 2 : value > -0.5 ? 1 : 0) : value;
}

/** Columns one after the other, then the target: a smooth function of all of them, with a little noise. */
function writeRows(rows: number, file: string): void {
  const random = createRandom(1);
  const all = new Float64Array(rows * (columnCount + 1));
  const target = all.subarray(rows * columnCount);
  for (let row = 0; row < rows; row++) target[row] = 0.1 * random.normal();
  for (let c = 0; c < columnCount; c++) {
    for (let row = 0; row < rows; row++) {
      const value = random.normal();
      all[c * rows + row] = value;
      target[row]! += Math.sin(value * (1 + c / 10)) / 4;
    }
  }
  writeFileSync(file, new Uint8Array(all.buffer));
}

function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function ours(rows: number, file: string, task: string): Outcome {
  const bytes = readFileSync(file);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, rows * (columnCount + 1));
  const columns = Array.from({ length: columnCount }, (_, c) => ({
    kind: 'number' as const,
    values: all.slice(c * rows, (c + 1) * rows),
  }));
  const numbers = all.slice(rows * columnCount);
  const targets = numbers.map((value) => targetOf(task, value));
  const loss = losses[task];
  if (!loss) throw new RangeError(`no loss ${task}; there are ${Object.keys(losses).join(', ')}`);
  const options = {
    ...{ rounds: 100, learningRate: 0.1, leaves: 31, depth: 1000, minimumRows: 20, minimumGain: 0, l2: 0 },
    ...{ smoothing: 10, rowShare: 1, columnShare: 1, patience: 1000 },
  };
  const running = boost({ train: { rows, columns, targets }, loss, options }, createRandom(1));
  let step: ReturnType<typeof running.next> | undefined;
  const fit = secondsOf(() => {
    step = running.next();
    while (!step.done) step = running.next();
  });
  if (!step?.done) throw new TypeError('boosting has not ended');
  const model = compactModel(
    step.value.model,
    columns.map((_, c) => ({ column: `${c}` })),
  );
  const { outputs } = loss;
  const scores = new Float64Array(rows * outputs);
  const predict = secondsOf(() => {
    const scorer = createTreeScorer(model);
    const width = model.features.length;
    const block = 2048;
    const bins = new Uint8Array(block * width);
    const binners = model.features.map(({ edges }) => numberBinner(edges, rows));
    for (let from = 0; from < rows; from += block) {
      const count = Math.min(block, rows - from);
      for (const [f, binOf] of binners.entries()) {
        const { values: column } = columns[Number(model.features[f]!.column)]!;
        for (let i = 0, o = f; i < count; i++, o += width) bins[o] = binOf(column[from + i]!);
      }
      scorer.score(bins, count, scores.subarray(from * outputs, (from + count) * outputs));
    }
  });
  // The loss wants one output's scores after the other's.
  const byOutput = scores.map((_, i) => scores[(i % rows) * outputs + Math.floor(i / rows)]!);
  return { fit, predict, loss: loss.mean(byOutput, { rows, targets }) };
}

function inProcess(command: string, args: readonly string[]): Outcome {
  const environment = { ...process.env, OMP_NUM_THREADS: '1' };
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', env: environment }));
}

function compare(task: string, rows: number): Record<string, Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-trees-'));
  try {
    const file = path.join(folder, 'rows.bin');
    writeRows(rows, file);
    const script = fileURLToPath(new URL('peers.py', import.meta.url));
    const own = [fileURLToPath(import.meta.url), '--only', 'ours', '--file', file];
    const settings = ['--cases', `${task}:${rows}`];
    const contenders: Record<string, () => Outcome> = {
      ciclo: () => inProcess(process.execPath, [...own, ...settings]),
      lightgbm: () => inProcess(values.python, [script, 'lightgbm', file, `${rows}`, task]),
      sklearn: () => inProcess(values.python, [script, 'sklearn', file, `${rows}`, task]),
    };
    const outcomes: Record<string, Outcome[]> = {};
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      for (const [name, run] of Object.entries(contenders)) {
        outcomes[name] ??= [];
        outcomes[name].push(run());
      }
    }
    return Object.fromEntries(Object.entries(outcomes).map(([name, all]) => [name, middleOf(all)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function middleOf(outcomes: readonly Outcome[]): Outcome {
  const middle = (of: (outcome: Outcome) => number) => Number(median(outcomes.map(of)).toFixed(5));
  return {
    fit: middle(({ fit }) => fit),
    predict: middle(({ predict }) => predict),
    loss: middle(({ loss }) => loss),
  };
}

const cases = values.cases.split(',').map((one) => {
  const [task = '', rows] = one.split(':');
  return { task, rows: Number(rows) };
});
if (values.only === 'ours') {
  const [{ rows, task }] = cases as [(typeof cases)[number]];
  console.log(JSON.stringify(ours(rows, values.file ?? '', task)));
} else {
  const results = cases.map(({ task, rows }) => ({ task, rows, ...compare(task, rows) }));
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ benchmark: 'trees', unit: 'CPU s, median', machine, results }, null, 2));
}
