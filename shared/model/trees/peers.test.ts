import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { boost, type TreeRows } from './boost.ts';
import { binaryLoss, multiclassLoss, squaredLoss } from './boosting-losses.ts';
import { freely } from './testing/tree-tables.ts';
import type { TreeColumn } from './tree-columns.ts';

/** What `shared/model/fixtures/trees.py` writes: mean losses of the peers over rows judged out of their fold. */
interface PeerCase {
  readonly file: string;
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly target: string;
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly rows: number;
  readonly lightgbm: number;
  readonly sklearn: number;
  /** Standard error of the paired difference between the two. */
  readonly noise: number;
}

type Row = Readonly<Record<string, string | number | null>>;

const cases: PeerCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/trees.json', import.meta.url), 'utf8'),
);

function tableOf({ file, target }: PeerCase): Row[] {
  const place = new URL(`../../../node_modules/vega-datasets/data/${file}`, import.meta.url);
  const text = readFileSync(place, 'utf8');
  const rows: Row[] = file.endsWith('.csv') ? csvRows(text) : JSON.parse(text);
  return rows.filter((row) => row[target] !== null && row[target] !== '');
}

/** The files have neither quotes nor line breaks in a value. */
function csvRows(text: string): Row[] {
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = head!.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  });
}

const isMissing = (value: Row[string] | undefined) => value === null || value === undefined || value === '';

function columnsOf({ numbers, categories }: PeerCase, table: readonly Row[]): TreeColumn[] {
  return [
    ...numbers.map(
      (name): TreeColumn => ({
        kind: 'number',
        values: Float64Array.from(table, (row) => (isMissing(row[name]) ? Number.NaN : Number(row[name]))),
      }),
    ),
    ...categories.map((name): TreeColumn => {
      const levels = [...new Set(table.map((row) => String(row[name])))];
      const codes = Int32Array.from(table, (row) =>
        isMissing(row[name]) ? -1 : levels.indexOf(String(row[name])),
      );
      return { kind: 'category', codes, levels: levels.length };
    }),
  ];
}

function targetsOf({ task, target }: PeerCase, table: readonly Row[]): Float64Array {
  if (task === 'regression') return Float64Array.from(table, (row) => Number(row[target]));
  if (task === 'binary') return Float64Array.from(table, (row) => (row[target] === 'None' ? 0 : 1));
  const classes = [...new Set(table.map((row) => String(row[target])))].sort();
  return Float64Array.from(table, (row) => classes.indexOf(String(row[target])));
}

/** The rows for which `keep` says yes. */
function rowsOf({ columns, targets }: TreeRows, keep: (row: number) => boolean): TreeRows {
  const rows = [...targets.keys()].filter(keep);
  return {
    rows: rows.length,
    targets: Float64Array.from(rows, (row) => targets[row]!),
    columns: columns.map((column) =>
      column.kind === 'number'
        ? { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row]!) }
        : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) },
    ),
  };
}

/** The mean loss of rows that were judged out of their fold, with the peers' settings. */
function outOfFold(one: PeerCase): number {
  const table = tableOf(one);
  expect(table).toHaveLength(one.rows);
  const all = { rows: table.length, columns: columnsOf(one, table), targets: targetsOf(one, table) };
  const loss = {
    regression: squaredLoss,
    binary: binaryLoss,
    multiclass: multiclassLoss(Math.max(...all.targets) + 1),
  };
  const options = { ...freely, rounds: 100, learningRate: 0.1, leaves: 31, minimumRows: 20, smoothing: 10 };
  let total = 0;
  for (let fold = 0; fold < 5; fold++) {
    const train = rowsOf(all, (row) => row % 5 !== fold);
    const validation = rowsOf(all, (row) => row % 5 === fold);
    const running = boost({ train, validation, loss: loss[one.task], options }, createRandom(1));
    let step = running.next();
    while (!step.done) step = running.next();
    total += step.value.history.at(-1)!.validationLoss * validation.rows;
  }
  return total / table.length;
}

describe('boosted trees beside LightGBM and scikit-learn, the same settings on the same rows', () => {
  it.each(cases)('$file: as good as one of them, within the noise between the two', (one) => {
    const loss = outOfFold(one);
    expect(loss).toBeLessThan(Math.max(one.lightgbm, one.sklearn) + 2 * one.noise);
  });
});
