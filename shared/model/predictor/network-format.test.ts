import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IntegrityError } from '../../platform/errors.ts';
import { createRandom } from '../../platform/random.ts';
import { architectureOf } from '../network/architecture.ts';
import { saveNetwork } from '../network/layers-format.ts';
import { initialParameters } from '../network/parameters.ts';
import { parseNetwork } from './network.ts';

/** A saved network: dense, batch normalisation, activation, dropout, dense. */
function savedNetwork() {
  const architecture = architectureOf(
    3,
    { layers: [4], activation: 'relu', dropout: 0.1, 'batch-norm': true },
    { units: 1, activation: 'linear' },
  );
  return saveNetwork(architecture, initialParameters(architecture, createRandom(1)));
}

/** A copy of a JSON value with the value at a path replaced; undefined removes it. */
function changed(value: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, i) => (i === key ? changed(item, rest, replacement) : item));
  const entries = Object.entries(value ?? {}).filter(
    ([name]) => name !== key || rest.length > 0 || replacement !== undefined,
  );
  const record: Record<string, unknown> = Object.fromEntries(entries);
  if (rest.length > 0 || replacement !== undefined) record[key] = changed(record[key], rest, replacement);
  return record;
}

function weightsWith(value: number, index: number): Uint8Array {
  const bytes = savedNetwork().weights.slice();
  new DataView(bytes.buffer).setFloat32(index * 4, value, true);
  return bytes;
}

const layers = ['modelTopology', 'config', 'layers'];
const specs = ['weightsManifest', 0, 'weights'];
const { modelJson } = savedNetwork();
const topology = modelJson.modelTopology.config.layers;

const changes: [string, (string | number)[], unknown, string][] = [
  [
    'a shape that is not its layer’s',
    [...specs, 0, 'shape'],
    [4, 3],
    'has shape [4, 3], its layer needs [3, 4]',
  ],
  ['an enormous shape', [...specs, 0, 'shape'], [1e6, 1e6], 'declares 4000000000084 bytes, the file has 132'],
  ['a shape beyond all bounds', [...specs, 0, 'shape'], [1e15], 'at weightsManifest.0.weights.0.shape.0'],
  ['a type other than float32', [...specs, 0, 'dtype'], 'int32', 'at weightsManifest.0.weights.0.dtype'],
  ['a weight that is missing', [...specs, 0, 'name'], 'other', 'the weight "dense_1/kernel" is missing'],
  ['one name twice', [...specs, 3, 'name'], 'normalisation_1/beta', 'is declared twice'],
  ['a layer of another kind', [...layers, 0, 'class_name'], 'Lambda', 'at modelTopology.config.layers.0'],
  ['an unknown activation', [...layers, 2, 'config', 'activation'], 'eval', 'layers.2.config.activation'],
  ['more units than weights', [...layers, 0, 'config', 'units'], 5, 'its layer needs [3, 5]'],
  ['units that are not a count', [...layers, 0, 'config', 'units'], -1, 'layers.0.config.units'],
  ['no input shape', [...layers, 0, 'config', 'batch_input_shape'], undefined, 'has no batch_input_shape'],
  [
    'an input shape in the middle',
    [...layers, 2, 'config', 'batch_input_shape'],
    [null, 9],
    'is not the first',
  ],
  [
    'weights that belong to no layer',
    layers,
    topology.slice(0, 2),
    '"output/kernel" belongs to none of its layers',
  ],
  ['no layers', layers, [], 'at modelTopology.config.layers'],
  [
    'layers that compute nothing',
    layers,
    [{ class_name: 'InputLayer', config: { name: 'i', batch_input_shape: [null, 2] } }],
    'no layer that computes',
  ],
];

describe('files that are not a dense network’s', () => {
  test.each(changes)('are refused: model.json with %s', (_, path, replacement, message) => {
    const { modelJson: original, weights } = savedNetwork();
    const hostile = changed(original, path, replacement);
    expect(() => parseNetwork(hostile, weights)).toThrow(IntegrityError);
    expect(() => parseNetwork(hostile, weights)).toThrow(message);
  });

  test.each([
    ['a weight that is not a number', weightsWith(Number.NaN, 5), 'number 5 of "dense_1/kernel" is NaN'],
    ['an infinite weight', weightsWith(Number.POSITIVE_INFINITY, 32), '"output/bias" is Infinity'],
    ['a negative variance', weightsWith(-2, 24), 'has a variance of -2'],
    ['fewer bytes', savedNetwork().weights.subarray(0, 40), 'declares 132 bytes, the file has 40'],
  ])('are refused: weights.bin with %s', (_, weights, message) => {
    expect(() => parseNetwork(modelJson, weights)).toThrow(IntegrityError);
    expect(() => parseNetwork(modelJson, weights)).toThrow(message);
  });

  test('are refused whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array({ maxLength: 64 }), (value, bytes) => {
        expect(() => parseNetwork(value, bytes)).toThrow(IntegrityError);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('writing a network', () => {
  test('gives the same bytes for the same network, names counted and nothing dated', () => {
    expect(savedNetwork()).toEqual(savedNetwork());
    expect(topology.map(({ config }) => config.name)).toEqual([
      'dense_1',
      'normalisation_1',
      'activation_1',
      'dropout_1',
      'output',
    ]);
  });
});
