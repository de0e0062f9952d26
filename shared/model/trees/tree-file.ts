// trees.json and trees.bin: what is in them, and what a reader refuses.
import { z } from 'zod';
import { IntegrityError, messageOf } from '../../platform/errors.ts';
import { mostBins } from './bins.ts';
import { checkTrees } from './tree-checks.ts';
import { setBytes, type TreeFeature, type TreeModel } from './tree-model.ts';

/** More trees or leaves than any model here has: a file that says so is a mistake or an attack. */
const most = 1_000_000;

const feature = z.strictObject({
  column: z.string().min(1),
  part: z.string().min(1).optional(),
  /** Edges of a number's bins; 0 of a category. */
  edges: z
    .int()
    .min(0)
    .max(mostBins - 1),
  categories: z
    .array(z.string())
    .max(mostBins - 1)
    .optional(),
});

/** trees.json: what the numbers of trees.bin mean. */
export const treeHeaderSchema = z.strictObject({
  version: z.literal(1),
  /** Scores a row: one, or one a class. */
  outputs: z.int().min(1).max(10_000),
  /** The scores before the first tree. */
  base: z.array(z.number()),
  trees: z.int().min(0).max(most),
  nodes: z.int().min(0).max(most),
  categoryNodes: z.int().min(0).max(most),
  features: z.array(feature).max(65_535),
});

export type TreeHeader = z.output<typeof treeHeaderSchema>;

/** The files of a tree model. */
export interface TreeFiles {
  readonly header: TreeHeader;
  readonly bytes: Uint8Array;
}

/** Writes a model; numbers are little-endian, whatever the machine. */
export function formatTrees(model: TreeModel): TreeFiles {
  const header: TreeHeader = {
    version: 1,
    outputs: model.outputs,
    base: [...model.base],
    trees: model.sizes.length,
    nodes: model.feature.length,
    categoryNodes: model.sets.length / setBytes,
    features: model.features.map(({ column, part, edges, categories }) => ({
      column,
      ...(part === undefined ? {} : { part }),
      edges: edges.length,
      ...(categories === undefined ? {} : { categories: [...categories] }),
    })),
  };
  const bytes = new Uint8Array(treeLayout(header).end);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (values: Iterable<number>, size: number, write: (offset: number, value: number) => void) => {
    for (const value of values) {
      write(at, value);
      at += size;
    }
  };
  const putUint16 = (offset: number, value: number) => view.setUint16(offset, value, true);
  const putInt16 = (offset: number, value: number) => view.setInt16(offset, value, true);
  for (const { edges } of model.features) {
    put(edges, 8, (offset, value) => view.setFloat64(offset, value, true));
  }
  put(model.values, 4, (offset, value) => view.setFloat32(offset, value, true));
  put(model.sizes, 2, putUint16);
  put(model.feature, 2, putUint16);
  put(model.left, 2, putInt16);
  put(model.right, 2, putInt16);
  for (const part of [model.cut, model.missingLeft, model.sets]) {
    bytes.set(part, at);
    at += part.length;
  }
  return { header, bytes };
}

/** Where the parts of trees.bin begin, by its header, in bytes; the edges at 0. */
export function treeLayout({ features, trees, nodes, categoryNodes }: TreeHeader) {
  const values = 8 * features.reduce((sum, feature) => sum + feature.edges, 0);
  const sizes = values + 4 * (nodes + trees);
  const feature = sizes + 2 * trees;
  const left = feature + 2 * nodes;
  const right = left + 2 * nodes;
  const cut = right + 2 * nodes;
  const missingLeft = cut + nodes;
  const sets = missingLeft + nodes;
  return {
    values,
    sizes,
    feature,
    left,
    right,
    cut,
    missingLeft,
    sets,
    end: sets + setBytes * categoryNodes,
  };
}

/**
 * Reads a model.
 *
 * @throws IntegrityError when the files are not those of trees: sizes that do not add up, numbers that are not finite,
 *   a question about no feature, a child that is not there or is asked for twice.
 */
export function parseTrees(header: unknown, bytes: Uint8Array): TreeModel {
  const parsed = treeHeaderSchema.safeParse(header);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new IntegrityError(
      `trees.json: cannot read ${issue.path.join('.') || 'its root'}: ${issue.message}`,
    );
  }
  const expected = treeLayout(parsed.data).end;
  if (bytes.byteLength !== expected) {
    throw new IntegrityError(
      `trees.bin: trees.json declares ${expected} bytes, the file has ${bytes.byteLength}`,
    );
  }
  try {
    const model = readModel(parsed.data, bytes);
    checkTrees(model);
    return model;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new IntegrityError(`trees.bin: ${messageOf(error)}`);
  }
}

function readModel(
  { outputs, base, trees, nodes, categoryNodes, features }: TreeHeader,
  bytes: Uint8Array,
): TreeModel {
  if (base.length !== outputs) throw new RangeError(`${outputs} outputs have ${base.length} base scores`);
  if (trees % outputs !== 0) throw new RangeError(`${trees} trees are no whole rounds of ${outputs} outputs`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = <T extends { length: number; [index: number]: number }>(
    out: T,
    size: number,
    read: (offset: number) => number,
  ): T => {
    for (let i = 0; i < out.length; i++, at += size) out[i] = read(at);
    return out;
  };
  const float64 = (offset: number) => view.getFloat64(offset, true);
  const uint16 = (offset: number) => view.getUint16(offset, true);
  const int16 = (offset: number) => view.getInt16(offset, true);
  const byte = (offset: number) => view.getUint8(offset);
  // In the order of the bytes.
  return {
    features: features.map(
      (feature): TreeFeature => ({ ...feature, edges: take(new Float64Array(feature.edges), 8, float64) }),
    ),
    values: take(new Float32Array(nodes + trees), 4, (offset) => view.getFloat32(offset, true)),
    sizes: take(new Uint16Array(trees), 2, uint16),
    feature: take(new Uint16Array(nodes), 2, uint16),
    left: take(new Int16Array(nodes), 2, int16),
    right: take(new Int16Array(nodes), 2, int16),
    cut: take(new Uint8Array(nodes), 1, byte),
    missingLeft: take(new Uint8Array(nodes), 1, byte),
    sets: take(new Uint8Array(categoryNodes * setBytes), 1, byte),
    outputs,
    base: Float64Array.from(base),
  };
}
