import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { Table } from '../../dataset/table/table.ts';
import { createRandom } from '../../platform/random.ts';
import type { TreesModel } from '../predictor/trees-runner.ts';
import { boost } from '../trees/boost.ts';
import type { BoostingLoss } from '../trees/boosting-losses.ts';
import { freely } from '../trees/testing/tree-tables.ts';
import { formatTrees } from '../trees/tree-file.ts';
import { treeColumns } from '../trees/tree-inputs.ts';
import { compactModel } from '../trees/tree-model.ts';

/** The files of a few trees, grown on a table towards one target a row. */
export function treesOf(
  recipe: Recipe,
  table: Table,
  loss: BoostingLoss,
  targets: Float64Array,
  options: Partial<typeof freely> = {},
): TreesModel {
  const { inputs, columns } = treeColumns(recipe, table);
  const train = { rows: table.rows, columns, targets };
  const running = boost({ train, loss, options: { ...freely, leaves: 16, ...options } }, createRandom(1));
  let step = running.next();
  while (!step.done) step = running.next();
  const { header, bytes } = formatTrees(compactModel(step.value.model, inputs));
  return { trees: header, treesBin: bytes };
}
