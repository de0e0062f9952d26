import { setBytes, type TreeModel } from './tree-model.ts';

/**
 * Whether a model can be run to an end: numbers are finite, edges ascend, and every path of a tree leads to a leaf.
 *
 * @throws RangeError that says which of them is not so.
 */
export function checkTrees(model: TreeModel): void {
  for (const { column, edges, categories } of model.features) {
    for (let i = 0; i < edges.length; i++) {
      if (Number.isFinite(edges[i]!) && (i === 0 || edges[i]! > edges[i - 1]!)) continue;
      throw new RangeError(`edge ${i} of ${column} is ${edges[i]}; edges are finite and ascend`);
    }
    if (categories && edges.length > 0) throw new RangeError(`${column} has both edges and categories`);
  }
  const bad = model.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`leaf ${bad} is ${model.values[bad]}; leaves are finite`);
  if (model.sizes.reduce((sum, size) => sum + size, 0) !== model.feature.length) {
    throw new RangeError('the trees do not have as many nodes as there are');
  }
  let sets = 0;
  let start = 0;
  for (let tree = 0; tree < model.sizes.length; start += model.sizes[tree++]!) {
    sets += checkTree(model, tree, start, model.sizes[tree]!);
  }
  if (sets * setBytes !== model.sets.length) {
    throw new RangeError(
      `${sets} nodes ask about categories, and there are ${model.sets.length / setBytes} sets`,
    );
  }
}

/** Children come after their parent and each is asked for once, so that there is no cycle. Returns the nodes with a set. */
function checkTree(model: TreeModel, tree: number, start: number, size: number): number {
  if (size > 2 ** 15 - 1)
    throw new RangeError(`tree ${tree} has ${size} nodes; 32,767 at most can be numbered`);
  const seen = new Uint8Array(2 * size + 1);
  let sets = 0;
  for (let node = 0; node < size; node++) {
    const feature = model.features[model.feature[start + node]!];
    if (!feature)
      throw new RangeError(`node ${node} of tree ${tree} asks about feature ${model.feature[start + node]}`);
    if (model.missingLeft[start + node]! > 1)
      throw new RangeError(`node ${node} of tree ${tree} sends missing values nowhere`);
    if (feature.categories) sets++;
    for (const child of [model.left[start + node]!, model.right[start + node]!]) {
      const inside = child < 0 ? ~child <= size : child > node && child < size;
      const place = child < 0 ? size + ~child : child;
      if (!inside || seen[place] === 1) {
        throw new RangeError(
          `node ${node} of tree ${tree} leads to ${child}, which is not there or has been led to`,
        );
      }
      seen[place] = 1;
    }
  }
  return sets;
}
