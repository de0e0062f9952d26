import { otherBin } from './bins.ts';
import type { BoostedTrees } from './boost.ts';

/** What an input is read from: a column, or a part of a date column. */
export interface TreeInput {
  readonly column: string;
  /** `year`, `month`, …: of a date column alone. */
  readonly part?: string | undefined;
  /** By code, of a category column alone. */
  readonly categories?: readonly string[] | undefined;
}

/** An input as trees ask about it. */
export interface TreeFeature {
  readonly column: string;
  readonly part?: string | undefined;
  /** Numbers: a value x has bin 1 + (number of edges below x). Those that no question names are left out. */
  readonly edges: Float64Array;
  /** Categories: `categories[i]` has bin i + 2, every other one bin 1. Absent for numbers. */
  readonly categories?: readonly string[] | undefined;
}

/**
 * Boosted trees as they predict: plain arrays, node after node and tree after tree.
 *
 * A tree of n nodes has n + 1 leaves; children are numbered within the tree, `~leaf` for a leaf.
 */
export interface TreeModel {
  readonly features: readonly TreeFeature[];
  /** Scores a row: one, or one a class. Tree t adds to score t mod outputs. */
  readonly outputs: number;
  readonly base: Float64Array;
  /** Nodes by tree. */
  readonly sizes: Uint16Array;
  /** By node: the feature. */
  readonly feature: Uint16Array;
  /** By node of a number: values in bins up to it go left; 255: all values. */
  readonly cut: Uint8Array;
  /** By node: 1 where missing values go left; of a category, bit 0 of its set says the same. */
  readonly missingLeft: Uint8Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  /** By node of a category: 32 bytes, bit b of which says whether bin b goes left. */
  readonly sets: Uint8Array;
  /** By leaf. */
  readonly values: Float32Array;
}

/** Bytes of a category node's set: a bit for each of 256 bins. */
export const setBytes = 32;

/** Every value, missing ones apart. */
const allValues = 255;

/** What boosting made, without whatever no question asks about. */
export function compactModel(boosted: BoostedTrees, inputs: readonly TreeInput[]): TreeModel {
  const nodes = boosted.trees.flatMap((tree) => tree.nodes);
  const used = [...new Set(nodes.map(({ column }) => column))].sort((a, b) => a - b);
  const edges = used.map((column) => edgesAskedFor(boosted, column));
  const cuts = edges.map((asked) => new Map(asked.map((bin, i) => [bin, i + 1])));
  const places = new Map(used.map((column, i) => [column, i]));
  const categoryNodes = nodes.filter(({ column }) => boosted.bins[column]!.kind === 'category');
  const sets = new Uint8Array(categoryNodes.length * setBytes);
  for (const [i, { goesLeft }] of categoryNodes.entries()) {
    for (let bin = 0; bin < 256; bin++) sets[i * setBytes + (bin >> 3)]! |= goesLeft[bin]! << (bin & 7);
  }
  return {
    features: used.map((column, i): TreeFeature => featureOf(boosted, inputs[column]!, column, edges[i]!)),
    outputs: boosted.outputs,
    base: boosted.base,
    sizes: Uint16Array.from(boosted.trees, (tree) => tree.nodes.length),
    feature: Uint16Array.from(nodes, ({ column }) => places.get(column)!),
    cut: Uint8Array.from(nodes, (node) => cuts[places.get(node.column)!]!.get(node.threshold) ?? allValues),
    missingLeft: Uint8Array.from(nodes, ({ goesLeft }) => goesLeft[0]!),
    left: Int16Array.from(nodes, ({ left }) => left),
    right: Int16Array.from(nodes, ({ right }) => right),
    sets,
    values: Float32Array.from(boosted.trees.flatMap(({ values }) => [...values])),
  };
}

/** Thresholds of a number column that lie at an edge, ascending. */
function edgesAskedFor({ trees, bins }: BoostedTrees, column: number): number[] {
  const cut = bins[column]!;
  if (cut.kind === 'category') return [];
  const asked = new Set<number>();
  for (const { nodes } of trees) {
    for (const node of nodes)
      if (node.column === column && node.threshold <= cut.edges.length) asked.add(node.threshold);
  }
  return [...asked].sort((a, b) => a - b);
}

function featureOf(
  { bins }: BoostedTrees,
  { column, part, categories }: TreeInput,
  place: number,
  asked: readonly number[],
): TreeFeature {
  const cut = bins[place]!;
  const origin = part === undefined ? { column } : { column, part };
  if (cut.kind === 'number') {
    return { ...origin, edges: Float64Array.from(asked, (bin) => cut.edges[bin - 1]!) };
  }
  return {
    ...origin,
    edges: new Float64Array(0),
    categories: Array.from(cut.kept, (code) => categories![code]!),
  };
}

/** A category's bin by its text, for those that have one of their own. */
export function categoryBins({ categories = [] }: TreeFeature): ReadonlyMap<string, number> {
  return new Map(categories.map((category, i) => [category, i + 1 + otherBin]));
}
