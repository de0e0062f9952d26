import { sha256 } from '../../platform/digest.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { boost, type TreeRows } from '../trees/boost.ts';
import {
  absoluteLoss,
  type BoostingLoss,
  binaryLoss,
  multiclassLoss,
  squaredLoss,
} from '../trees/boosting-losses.ts';
import { freely } from '../trees/testing/tree-tables.ts';
import type { TreeColumn } from '../trees/tree-columns.ts';
import { formatTrees } from '../trees/tree-file.ts';
import { compactModel } from '../trees/tree-model.ts';

const classes = 3;
const levels = 12;

/** Two columns of categories, the rest numbers with ties and gaps. */
function columnsOf(rows: number, width: number, random: Random): TreeColumn[] {
  const numbers = Array.from({ length: width }, (_, c): TreeColumn => {
    const values = Float64Array.from({ length: rows }, () => {
      // Sums of uniform draws: a normal draw stands on Math.log.
      const value = (random.next() + random.next() + random.next() - 1.5) * (c + 2);
      if (c % 3 === 1 && random.next() < 0.1) return Number.NaN;
      return c % 3 === 2 ? Math.round(value) : value;
    });
    return { kind: 'number', values };
  });
  const categories = Array.from({ length: 2 }, (_, c): TreeColumn => {
    const codes = Int32Array.from({ length: rows }, () => random.integer(levels + c) - c);
    return { kind: 'category', codes, levels };
  });
  return [...categories, ...numbers];
}

/** What the target depends on; products and sums alone, which are the same on every machine. */
function signal(columns: readonly TreeColumn[], row: number): number {
  const [kind, , plain, gaps] = columns;
  if (kind?.kind !== 'category' || plain?.kind !== 'number' || gaps?.kind !== 'number') {
    throw new TypeError('the first columns are categories, the next numbers');
  }
  const gap = gaps.values[row]!;
  return plain.values[row]! * (kind.codes[row]! - 5) + (Number.isNaN(gap) ? 3 : gap * gap);
}

function tableOf(
  loss: BoostingLoss,
  rows: number,
  width: number,
  weighted: boolean,
  random: Random,
): TreeRows {
  const columns = columnsOf(rows, width, random);
  const targets = Float64Array.from({ length: rows }, (_, row) => {
    const value = signal(columns, row) + random.next();
    if (loss === binaryLoss) return value > 1 ? 1 : 0;
    return loss.outputs > 1 ? (value > 3 ? 2 : value > 0 ? 1 : 0) : value;
  });
  const weights = weighted ? targets.map((target) => 1 + target / 4) : undefined;
  return { rows, columns, targets, weights };
}

const losses: Readonly<Record<string, BoostingLoss>> = {
  squared: squaredLoss,
  absolute: absoluteLoss,
  binary: binaryLoss,
  multiclass: multiclassLoss(classes),
};

/**
 * All of many columns, more than the kernel adds up at once; then shares of rows and columns drawn, weights of classes,
 * and more rows than packed sums hold, with a block that is not full.
 */
const variants = [
  { rows: 1200, width: 66, options: {} },
  {
    rows: 17_000,
    width: 9,
    options: { rounds: 4, leaves: 15, l2: 1, smoothing: 10, rowShare: 0.97, columnShare: 0.4 },
  },
] as const;

/**
 * The digest of the trees and of the losses of each round, for each loss and variant: the same in every process, on
 * every thread and machine.
 */
export function treesDigests(): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(losses).map(([name, loss]) => [
      name,
      variants.map(({ rows, width, options }, variant) => {
        const random = createRandom(variant + 1);
        const weighted = variant === 1 && loss.curved;
        const train = tableOf(loss, rows, width, weighted, random);
        const validation = tableOf(loss, 300, width, weighted, random);
        const running = boost(
          { train, validation, loss, options: { ...freely, minimumRows: 5, ...options } },
          createRandom(7),
        );
        let step = running.next();
        while (!step.done) step = running.next();
        const { model, history } = step.value;
        const inputs = train.columns.map((column, c) => ({
          column: `${c}`,
          ...(column.kind === 'category' && {
            categories: Array.from({ length: levels }, (_, code) => `${code}`),
          }),
        }));
        const { header, bytes } = formatTrees(compactModel(model, inputs));
        return sha256(JSON.stringify([header, sha256(bytes), history])).slice(0, 23);
      }),
    ]),
  );
}
