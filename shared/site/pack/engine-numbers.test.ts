import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnsembleMember } from '../../model/predictor/ensemble-model.ts';
import { parseSavedNetwork, type SavedNetwork } from '../../model/predictor/network-format.ts';
import { formatTrees, parseTrees, type TreeHeader, treeHeaderSchema } from '../../model/trees/tree-file.ts';
import { setBytes, type TreeModel } from '../../model/trees/tree-model.ts';
import { portfolioSite } from '../testing/portfolio-site.ts';
import { type NumbersShape, packNumbers, unpackNumbers } from './engine-numbers.ts';

type Packed = NumbersShape & { readonly bytes: Uint8Array };

function networkOf(numbers: number): SavedNetwork {
  return {
    modelTopology: { class_name: 'Sequential', config: { layers: [] } },
    weightsManifest: [{ weights: [{ name: 'kernel', shape: [numbers], dtype: 'float32' }] }],
  };
}

function expectSame(models: readonly Packed[]): void {
  const before = models.map(({ bytes }) => bytes.slice());
  const packed = packNumbers(models);
  expect(models.map(({ bytes }) => bytes)).toEqual(before);
  const shapes = models.map((model) =>
    'trees' in model ? { trees: model.trees } : { network: model.network },
  );
  const read = unpackNumbers(packed, shapes);
  expect(read.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
    before.map((bytes) => Buffer.from(bytes).toString('hex')),
  );
}

/** Any tree that the format allows: children after their parents, leaves numbered in any order. */
const tree = fc
  .record({ size: fc.integer({ min: 0, max: 40 }), seed: fc.infiniteStream(fc.nat(1000)) })
  .map(({ size, seed }) => {
    const draw = (below: number) => (seed.next().value ?? 0) % below;
    const left = new Int16Array(size);
    const right = new Int16Array(size);
    const open: { side: Int16Array; node: number }[] = [];
    for (let node = 0; node < size; node++) {
      if (node > 0) {
        const [{ side, node: parent }] = open.splice(draw(open.length), 1) as [(typeof open)[number]];
        side[parent] = node;
      }
      open.push({ side: left, node }, { side: right, node });
    }
    const leaves = Array.from(open, (_, leaf) => leaf);
    for (const { side, node } of open) side[node] = ~leaves.splice(draw(leaves.length), 1)[0]!;
    return { size, left: [...left], right: [...right] };
  });

const edge = fc.double({ noNaN: true, noDefaultInfinity: true });
const leaf = fc.float({ noNaN: true, noDefaultInfinity: true });

/** Any trees that the format allows. */
const trees: fc.Arbitrary<Packed> = fc
  .record({
    edges: fc.array(fc.uniqueArray(edge, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
    grown: fc.array(tree, { maxLength: 5 }),
    ask: fc.infiniteStream(fc.nat(255)),
    leaves: fc.infiniteStream(leaf),
  })
  .map(({ edges, grown, ask, leaves }) => {
    const draw = (below: number) => (ask.next().value ?? 0) % below;
    const categories = edges.length; // one more feature, of categories
    const nodes = grown.reduce((sum, { size }) => sum + size, 0);
    const feature = Uint16Array.from({ length: nodes }, () => draw(edges.length + 1));
    const asked = feature.filter((one) => one === categories).length;
    const model: TreeModel = {
      features: [
        // Object.is tells 0 from -0, which do not ascend.
        ...edges.map((values, i) => ({
          column: `n${i}`,
          edges: Float64Array.from(new Set(values.map((value) => value + 0))).sort(),
        })),
        { column: 'c', edges: new Float64Array(0), categories: ['a', 'b'] },
      ],
      outputs: 1,
      base: Float64Array.of(0.5),
      sizes: Uint16Array.from(grown, ({ size }) => size),
      feature,
      left: Int16Array.from(grown.flatMap(({ left }) => left)),
      right: Int16Array.from(grown.flatMap(({ right }) => right)),
      cut: Uint8Array.from({ length: nodes }, () => draw(256)),
      missingLeft: Uint8Array.from({ length: nodes }, () => draw(2)),
      sets: Uint8Array.from({ length: asked * setBytes }, () => draw(256)),
      values: Float32Array.from({ length: nodes + grown.length }, () => leaves.next().value ?? 0),
    };
    const { header, bytes } = formatTrees(model);
    parseTrees(header, bytes);
    return { trees: header, bytes };
  });

describe('the numbers of models are the same after packing, to the bit', () => {
  test('weights of any bits: not-a-number, infinite, the two zeros, the smallest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff_ffff), { maxLength: 300 }), (words) => {
        const special = [0x7fc0_0001, 0xffc0_0000, 0x7f80_0000, 0xff80_0000, 0, 0x8000_0000, 1, 0x8000_0001];
        const bytes = new Uint8Array(Uint32Array.from([...words, ...special]).buffer);
        expectSame([{ network: networkOf(words.length + special.length), bytes }]);
      }),
    );
  });

  test('trees of any form, with categories, missing values and cuts of every kind', () => {
    fc.assert(fc.property(fc.array(trees, { minLength: 1, maxLength: 4 }), expectSame));
  });

  test.each(['regression', 'binary', 'multiclass'] as const)(
    'the models of a portfolio of %s, which gzip leaves larger',
    (task) => {
      const { model } = portfolioSite(task);
      if (!('parts' in model)) throw new TypeError('a portfolio is a blend');
      const models = model.parts.flatMap(({ members }) => members.map(({ engine }) => packedOf(engine)));
      expectSame(models);
      const whole = Buffer.concat(models.map(({ bytes }) => bytes));
      expect(packNumbers(models).byteLength).toBeLessThan(gzipSync(whole, { level: 9 }).byteLength);
    },
  );

  test('bytes that lie within others', () => {
    const bytes = new Uint8Array(Float32Array.from({ length: 20 }, (_, i) => i / 3).buffer).subarray(4, 44);
    expectSame([{ network: networkOf(10), bytes }]);
  });
});

function packedOf(engine: EnsembleMember['engine']): Packed {
  return 'trees' in engine
    ? { trees: treeHeaderSchema.parse(engine.trees) satisfies TreeHeader, bytes: engine.treesBin }
    : { network: parseSavedNetwork(engine.modelJson), bytes: engine.weights };
}
