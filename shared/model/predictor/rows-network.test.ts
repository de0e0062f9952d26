import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import type { HiddenActivation, OutputActivation } from '../network/architecture.ts';
import { architectureOf } from '../network/architecture.ts';
import { saveNetwork } from '../network/layers-format.ts';
import { initialParameters } from '../network/parameters.ts';
import { parseNetwork } from './network.ts';
import { parseSavedNetwork, readWeights } from './network-format.ts';
import { stagesOf } from './network-stages.ts';
import { createRowsNetwork } from './rows-network.ts';

interface Plan {
  readonly inputs: number;
  readonly layers: readonly number[];
  readonly activation: HiddenActivation;
  readonly output: OutputActivation;
  readonly batchNorm?: boolean;
  readonly seed?: number;
  readonly size?: number;
}

function savedNetwork({ inputs, layers, activation, output, batchNorm = false, seed = 1, size = 1 }: Plan) {
  const architecture = architectureOf(
    inputs,
    { layers: [...layers], activation, dropout: 0, 'batch-norm': batchNorm },
    { units: output === 'softmax' ? 3 : 1, activation: output },
  );
  const random = createRandom(seed);
  const parameters = initialParameters(architecture, random);
  for (let k = 0; k < parameters.flat.length; k++) parameters.flat[k]! += 0.2 * size * random.normal();
  return saveNetwork(architecture, parameters, output === 'linear' ? { mean: 20, deviation: 8 } : undefined);
}

function stagesFrom({ modelJson, weights }: ReturnType<typeof savedNetwork>) {
  const saved = parseSavedNetwork(modelJson);
  return stagesOf(saved, readWeights(saved, weights));
}

/** Predictions of all rows one by one, which the scalar loop makes. */
function oneByOne(saved: ReturnType<typeof savedNetwork>, x: Float32Array, rows: number): Float32Array {
  const network = parseNetwork(saved.modelJson, saved.weights);
  const out = new Float32Array(rows * network.outputs);
  for (let row = 0; row < rows; row++) {
    const inputs = x.subarray(row * network.inputs, (row + 1) * network.inputs);
    network.predictInto(inputs, 1, out.subarray(row * network.outputs, (row + 1) * network.outputs));
  }
  return out;
}

const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

describe('many rows at once', () => {
  test('have the bits that each has alone', () => {
    const plans = fc.record({
      inputs: fc.integer({ min: 1, max: 21 }),
      layers: fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 3 }),
      activation: fc.constantFrom<HiddenActivation>(
        ...(['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu'] as const),
      ),
      output: fc.constantFrom<OutputActivation>('linear', 'sigmoid', 'softmax'),
      seed: fc.integer({ min: 1, max: 1e6 }),
      rows: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(plans, ({ rows, ...plan }) => {
        const saved = savedNetwork(plan);
        const rowsNetwork = createRowsNetwork(stagesFrom(saved))!;
        const random = createRandom(plan.seed);
        const x = Float32Array.from({ length: rows * plan.inputs }, () => 3 * random.normal());
        const expected = oneByOne(saved, x, rows);
        const answers = new Float32Array(expected.length);
        rowsNetwork(x, rows, answers);
        expect(bitsOf(answers)).toEqual(bitsOf(expected));
      }),
      { numRuns: 100 },
    );
  });

  test('go that way in a batch, and only there', () => {
    const saved = savedNetwork({ inputs: 7, layers: [9, 6], activation: 'relu', output: 'softmax' });
    const rows = 1021;
    const random = createRandom(3);
    const x = Float32Array.from({ length: rows * 7 }, () => random.normal());
    const batch = parseNetwork(saved.modelJson, saved.weights).predict(x, rows);
    expect(bitsOf(batch)).toEqual(bitsOf(oneByOne(saved, x, rows)));
  });

  test('agree on sums that single precision cannot hold: relu makes 0 of minus infinity', () => {
    const saved = savedNetwork({
      inputs: 5,
      layers: [16, 8],
      activation: 'relu',
      output: 'linear',
      size: 1e18,
    });
    const random = createRandom(4);
    const x = Float32Array.from({ length: 64 * 5 }, () => 3e38 * (2 * random.next() - 1));
    const answers = new Float32Array(64);
    createRowsNetwork(stagesFrom(saved))!(x, 64, answers);
    expect(bitsOf(answers)).toEqual(bitsOf(oneByOne(saved, x, 64)));
  });

  test('go one by one where a stage is not a dense one, and where the weights are very many', () => {
    const between = stagesFrom(
      savedNetwork({ inputs: 4, layers: [3], activation: 'relu', output: 'linear' }),
    ).map((stage) => ({ ...stage }));
    expect(createRowsNetwork(between)).toBeDefined();
    const diagonal = {
      kind: 'diagonal',
      inputs: 1,
      units: 1,
      scale: new Float64Array(1),
      shift: new Float64Array(1),
      activation: 'linear',
    } as const;
    expect(createRowsNetwork([...between, diagonal])).toBeUndefined();
    const large = {
      kind: 'dense',
      inputs: 4096,
      units: 4096,
      kernel: new Float64Array(0),
      bias: new Float64Array(0),
      activation: 'linear',
    } as const;
    expect(createRowsNetwork([large])).toBeUndefined();
  });
});
