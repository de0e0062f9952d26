import type { Recipe } from '../../dataset/recipe/recipe.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { sigmoid, softmax } from '../trees/score-functions.ts';
import { createTreeBinner } from '../trees/tree-binner.ts';
import { parseTrees } from '../trees/tree-file.ts';
import type { TreeModel } from '../trees/tree-model.ts';
import { createTreeScorer } from '../trees/tree-scorer.ts';
import type { EngineRunner, EngineTask } from './engine-runner.ts';

/** The files of boosted trees. */
export interface TreesModel {
  /** trees.json */
  readonly trees: unknown;
  /** trees.bin */
  readonly treesBin: Uint8Array;
}

/** Rows whose bins are in memory at once: they stay in the processor's cache while one tree after the other asks. */
const blockRows = 2048;

/** @throws IntegrityError when the files are not trees, or ask about columns that the recipe does not have. */
export function treesRunner(
  { trees, treesBin }: TreesModel,
  recipe: Recipe,
  { task, outputs }: EngineTask,
): EngineRunner {
  const model = parseTrees(trees, treesBin);
  if (model.outputs !== outputs) {
    throw new IntegrityError(
      `trees.json: the trees give ${model.outputs} scores a row; the task ${task} needs ${outputs}`,
    );
  }
  const binner = binnerOf(recipe, model.features);
  const scorer = createTreeScorer(model);
  const width = model.features.length;
  const bins = new Uint8Array(width);
  const output = new Float64Array(outputs);
  const answer = answerOf(task, outputs);

  /** Of as many bins as rows. @returns row-major rows × outputs. */
  const answersOf = (rows: Uint8Array, count: number, out: Float64Array): void => {
    scorer.score(rows, count, out);
    answer(out, count);
  };

  return {
    workOfRow: workOfTrees(model),
    encode(table) {
      const { bins: encoded, asksAbout, exchange } = binner.encode(table);
      return {
        readsColumn: asksAbout,
        exchange,
        run() {
          const values = new Float64Array(table.rows * outputs);
          for (let from = 0; from < table.rows; from += blockRows) {
            const to = Math.min(table.rows, from + blockRows);
            const block = encoded.subarray(from * width, to * width);
            answersOf(block, to - from, values.subarray(from * outputs, to * outputs));
          }
          return values;
        },
      };
    },
    runTable(table) {
      const values = new Float64Array(table.rows * outputs);
      const block = new Uint8Array(Math.min(blockRows, table.rows) * width);
      for (let from = 0; from < table.rows; from += blockRows) {
        const to = Math.min(table.rows, from + blockRows);
        const out = values.subarray(from * outputs, to * outputs);
        binner.binTable(table, from, to, block);
        answersOf(block, to - from, out);
      }
      return values;
    },
    runRecord(row) {
      binner.binRecord(row, bins);
      answersOf(bins, 1, output);
      return output;
    },
  };
}

/** A question takes as long as about eight multiplications; a row meets about the logarithm of a tree's leaves. */
function workOfTrees({ sizes }: TreeModel): number {
  return sizes.reduce((sum, size) => sum + 8 * (1 + Math.ceil(Math.log2(size + 1))), 0);
}

function binnerOf(
  ...[recipe, features]: Parameters<typeof createTreeBinner>
): ReturnType<typeof createTreeBinner> {
  try {
    return createTreeBinner(recipe, features);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new IntegrityError(`trees.json: ${error.message}`);
  }
}

/** Turns rows' scores into what the task needs, in place. */
function answerOf(task: EngineTask['task'], outputs: number): (scores: Float64Array, rows: number) => void {
  switch (task) {
    case 'regression':
      return () => {};
    case 'binary':
      return (scores, rows) => {
        for (let row = 0; row < rows; row++) scores[row] = sigmoid(scores[row]!);
      };
    case 'multiclass': {
      const chances = new Float64Array(outputs);
      return (scores, rows) => {
        for (let start = 0; start < rows * outputs; start += outputs) {
          softmax(scores, start, 1, outputs, chances);
          scores.set(chances, start);
        }
      };
    }
  }
}
