import { beforeAll, describe, expect, test } from 'vitest';
import { normalCumulative } from '../../algebra/normal-distribution.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { type Engine, loadEngine } from '../engine/engine.ts';
import type { Architecture, HiddenActivation, OutputActivation } from '../network/architecture.ts';
import type { LearnerInput, WeightedRows } from '../network/learner.ts';
import { emptyParameters, initialParameters, type Parameters } from '../network/parameters.ts';
import { createTensorEngine } from '../network/tensor-learner.ts';
import { tensorFlowLoss, tensorFlowParameters } from '../testing/tensorflow-network.ts';
import { compileKernel } from './kernel.ts';
import { createKernelLearner } from './kernel-learner.ts';

const activations = ['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'swish', 'gelu'] as const;
const outputs = ['linear', 'sigmoid', 'softmax'] as const;

interface Kind {
  readonly output: OutputActivation;
  readonly hidden: readonly number[];
  readonly activation: HiddenActivation;
  readonly batchNorm: boolean;
  readonly dropout: number;
  readonly l2: number;
  readonly weighted: boolean;
}

/** Every activation before every output, each option on in half of them and every pair of options together. */
const kinds: Kind[] = activations.flatMap((activation, a) =>
  outputs.flatMap((output, o) =>
    [0, 1].map((turn) => {
      const on = (bit: number) => ((a + 3 * o + 5 * turn) >> bit) % 2 === 1;
      return {
        ...{ output, activation, hidden: [7, 5] },
        batchNorm: on(0),
        dropout: on(1) ? 0.3 : 0,
        l2: on(2) ? 0.02 : 0,
        weighted: on(0) !== on(1),
      };
    }),
  ),
);
const linearKinds: Kind[] = outputs.flatMap((output) =>
  [false, true].map((weighted) => ({
    ...{ output, weighted, hidden: [], activation: 'relu' as const, batchNorm: false, dropout: 0 },
    l2: weighted ? 0.02 : 0,
  })),
);

const titleOf = ({ output, hidden, activation, batchNorm, dropout, l2, weighted }: Kind) =>
  [
    hidden.length > 0 ? activation : 'linear model',
    output,
    batchNorm && 'batch norm',
    dropout > 0 && 'dropout',
    l2 > 0 && 'l2',
    weighted && 'class weights',
  ]
    .filter(Boolean)
    .join(', ');
const titled = (all: readonly Kind[]) => all.map((kind) => [titleOf(kind), kind] as const);

const inputs = 6;

function architectureOf({ output, hidden, activation, batchNorm, dropout }: Kind): Architecture {
  const units = output === 'softmax' ? 3 : 1;
  const widths = [inputs, ...hidden];
  return {
    inputs,
    outputs: units,
    layers: [
      ...hidden.map((width, i) => ({ inputs: widths[i]!, units: width, activation, batchNorm, dropout })),
      { inputs: widths.at(-1)!, units, activation: output, batchNorm: false, dropout: 0 },
    ],
  };
}

function rowsOf({ output, weighted }: Kind, rows: number, seed: number): WeightedRows {
  const random = createRandom(seed);
  const x = Float32Array.from({ length: rows * inputs }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, () =>
    output === 'linear' ? random.normal() : random.integer(output === 'sigmoid' ? 2 : 3),
  );
  const weights = weighted ? Float32Array.from(targets, (code) => 0.5 + 0.4 * Math.abs(code)) : undefined;
  return { rows, x, targets, weights };
}

/** Without zero biases, so that every gradient shows. */
function parametersOf(architecture: Architecture, seed: number): Parameters {
  const random = createRandom(seed);
  const parameters = initialParameters(architecture, random);
  for (let k = 0; k < parameters.flat.length; k++) parameters.flat[k]! += 0.2 * random.normal();
  return parameters;
}

/** Draws that repeat when they are begun again: both sides drop the same. */
const maskSource = () => createRandom(77);

/** The masks of one step, in the learner's order. */
function masksOf(architecture: Architecture, rows: number, random: Random): (Float32Array | undefined)[] {
  return architecture.layers.map(({ units, dropout }) =>
    dropout === 0
      ? undefined
      : Float32Array.from({ length: rows * units }, () => (random.next() < dropout ? 0 : 1 / (1 - dropout))),
  );
}

function learnerOf(
  kind: Kind,
  train: WeightedRows,
  batch: number,
  initial: Parameters,
  further: Partial<LearnerInput> = {},
) {
  const architecture = architectureOf(kind);
  const input: LearnerInput = {
    architecture,
    initial,
    train,
    batch,
    l2: kind.l2,
    dropout: maskSource(),
    ...further,
  };
  return { input, learner: createKernelLearner(compileKernel(), input) };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** The rows of a batch, one after the other. */
function taken({ x, targets, weights }: WeightedRows, order: Uint32Array) {
  const wanted = [...order];
  return {
    x: Float32Array.from(wanted.flatMap((row) => [...x.subarray(row * inputs, (row + 1) * inputs)])),
    targets: Float32Array.from(wanted, (row) => targets[row]!),
    weights: weights && Float32Array.from(wanted, (row) => weights[row]!),
  };
}

/**
 * Adam as Keras has it, in double precision. TensorFlow.js adds epsilon after it corrects the moments and Keras before,
 * which differ by 3% in the first steps of a gradient of 1e-4.
 */
function kerasAdam(sizes: readonly number[]) {
  const first = sizes.map((size) => new Float64Array(size));
  const second = sizes.map((size) => new Float64Array(size));
  let t = 0;
  return (weights: readonly ArrayLike<number>[], gradients: readonly ArrayLike<number>[], rate: number) => {
    t++;
    const alpha = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    return weights.map((array, v) =>
      Float32Array.from(array, (weight, k) => {
        const g = gradients[v]![k]!;
        first[v]![k]! += (g - first[v]![k]!) * (1 - 0.9);
        second[v]![k]! += (g * g - second[v]![k]!) * (1 - 0.999);
        return weight - (first[v]![k]! * alpha) / (Math.sqrt(second[v]![k]!) + 1e-7);
      }),
    );
  };
}

describe('TensorFlow.js, from the same weights, batches and masks, takes the same 200 steps', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine('cpu', silentLogger);
  });
  const steps = 200;
  const rate = 1e-3;
  const batch = 10;

  test.each(titled([...kinds, ...linearKinds]))('%s: losses and weights to 1e-4', (_, kind) => {
    const { tf } = engine;
    const architecture = architectureOf(kind);
    const train = rowsOf(kind, 3 * batch, 11);
    const parameters = parametersOf(architecture, 12);
    const { learner } = learnerOf(kind, train, batch, parameters);
    const variables = tensorFlowParameters(tf, { architecture, parameters }).map((tensor) =>
      tf.variable(tensor),
    );
    const optimiser = kerasAdam(variables.map(({ size }) => size));
    const order = Uint32Array.from({ length: train.rows }, (_, i) => i);
    const shuffling = createRandom(13);
    const masks = maskSource();
    for (let step = 0; step < steps; step++) {
      if (step % 3 === 0) shuffling.shuffle(order);
      const rows = order.subarray((step % 3) * batch, ((step % 3) + 1) * batch);
      const problem = {
        ...{ architecture, l2: kind.l2, masks: masksOf(architecture, batch, masks) },
        ...taken(train, rows),
      };
      const { loss, gradients } = tf.tidy(() => {
        const { value, grads } = tf.valueAndGrads((...all) => tensorFlowLoss(tf, problem, all))(variables);
        return { loss: value.dataSync()[0]!, gradients: grads.map((g) => g.dataSync()) };
      });
      const moved = optimiser(
        variables.map((variable) => variable.dataSync()),
        gradients,
        rate,
      );
      for (const [v, variable] of variables.entries()) {
        tf.tidy(() => variable.assign(tf.tensor(moved[v]!, variable.shape)));
      }
      const ours = learner.step(rows, rate) / batch;
      expect(Math.abs(ours - loss), `step ${step}`).toBeLessThan(1e-4);
    }
    const result = emptyParameters(architecture);
    learner.read(result);
    const arrays = result.layers.flatMap(({ kernel, bias, gamma }) =>
      gamma.length > 0 ? [kernel, bias, gamma] : [kernel, bias],
    );
    for (const [v, array] of arrays.entries()) {
      expect(largestDifference(array, variables[v]!.dataSync())).toBeLessThan(1e-4);
    }
    tf.dispose(variables);
  });

  const further = [
    ['', {}],
    [', weight decay, averaged weights', { decay: 0.1, averagedSteps: 7 }],
  ] as const;
  const both = titled(kinds.filter((_, i) => i % 5 === 0)).flatMap(([title, kind]) =>
    further.map(([more, settings]) => [title + more, kind, settings] as const),
  );
  test.each(both)(
    '%s: so does the trainer behind TensorFlow’s backends, running statistics and validation loss included',
    (_, kind, settings) => {
      const train = rowsOf(kind, 40, 21);
      const validation = rowsOf(kind, 150, 22);
      const architecture = architectureOf(kind);
      const { input, learner } = learnerOf(kind, train, 20, parametersOf(architecture, 23), settings);
      const tensor = createTensorEngine(engine.tf).createLearner({ ...input, dropout: maskSource() });
      for (let step = 0; step < 40; step++) {
        const rows = Uint32Array.from({ length: 20 }, (_, i) => (i + 20 * step) % 40);
        expect(Math.abs(learner.step(rows, rate) - tensor.step(rows, rate)) / 20).toBeLessThan(1e-5);
        expect(Math.abs(learner.meanLoss(validation) - tensor.meanLoss(validation))).toBeLessThan(1e-5);
      }
      const [ours, theirs] = [emptyParameters(architecture), emptyParameters(architecture)];
      learner.read(ours);
      tensor.read(theirs);
      expect(largestDifference(ours.flat, theirs.flat)).toBeLessThan(1e-5);
      for (const [l, moving] of ours.moving.entries()) {
        expect(largestDifference(moving.mean, theirs.moving[l]!.mean)).toBeLessThan(1e-5);
        expect(largestDifference(moving.variance, theirs.moving[l]!.variance)).toBeLessThan(1e-4);
      }
    },
  );
});

/** The training loss in double precision, written from its definition. */
function exactLoss(
  kind: Kind,
  flat: Float64Array,
  rows: ReturnType<typeof taken>,
  masks: (Float32Array | undefined)[],
) {
  const plan = architectureOf(kind);
  const n = rows.targets.length;
  let h = Array.from({ length: n }, (_, i) => Array.from(rows.x.subarray(i * inputs, (i + 1) * inputs)));
  let offset = 0;
  let penalty = 0;
  for (const [l, { inputs: width, units, batchNorm, activation }] of plan.layers.entries()) {
    const kernel = flat.subarray(offset, offset + width * units);
    const bias = flat.subarray(offset + kernel.length, offset + kernel.length + units);
    offset += kernel.length + units;
    const gamma = flat.subarray(offset, offset + units);
    if (batchNorm) offset += units;
    for (const w of kernel) penalty += kind.l2 * w * w;
    const z = h.map((row) =>
      Array.from({ length: units }, (_, j) =>
        row.reduce((sum, value, i) => sum + value * kernel[i * units + j]!, 0),
      ),
    );
    for (let j = 0; j < units; j++) {
      const column = z.map((row) => row[j]!);
      const mean = column.reduce((a, b) => a + b, 0) / n;
      const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
      for (const row of z) {
        row[j] = batchNorm
          ? (gamma[j]! * (row[j]! - mean)) / Math.sqrt(variance + 1e-3) + bias[j]!
          : row[j]! + bias[j]!;
      }
    }
    const isOutput = l === plan.layers.length - 1;
    h = isOutput
      ? z
      : z.map((row, i) =>
          row.map(
            (value, j) => exact[activation as HiddenActivation](value) * (masks[l]?.[i * units + j] ?? 1),
          ),
        );
  }
  const losses = h.map((sums, i) => {
    const y = rows.targets[i]!;
    const weight = rows.weights?.[i] ?? 1;
    if (kind.output === 'linear') return weight * (sums[0]! - y) ** 2;
    if (kind.output === 'sigmoid') return weight * (Math.log1p(Math.exp(sums[0]!)) - y * sums[0]!);
    return weight * (Math.log(sums.reduce((a, z) => a + Math.exp(z), 0)) - sums[y]!);
  });
  return losses.reduce((a, b) => a + b, 0) / n + penalty;
}

const exact: Record<HiddenActivation, (z: number) => number> = {
  relu: (z) => Math.max(z, 0),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  softplus: (z) => Math.log1p(Math.exp(z)),
  swish: (z) => z / (1 + Math.exp(-z)),
  gelu: (z) => z * normalCumulative(z),
};

describe('gradients', () => {
  test.each(titled([...kinds, ...linearKinds]))(
    '%s: are the differences of the loss in double precision',
    (_, kind) => {
      const architecture = architectureOf(kind);
      // More than one block of rows, unless batch normalisation makes the batch one.
      const rows = 70;
      const train = rowsOf(kind, rows, 31);
      const order = createRandom(32).shuffle(Uint32Array.from({ length: rows }, (_, i) => i));
      const parameters = parametersOf(architecture, 33);
      const { learner } = learnerOf(kind, train, rows, parameters);
      const total = learner.step(order, 1e-3);
      const gradient = emptyParameters(architecture);
      learner.readGradient(gradient);
      const masks = masksInBlocks(architecture, rows, kind.batchNorm ? rows : 64);
      const batch = taken(train, order);
      const flat = Float64Array.from(parameters.flat);
      expect(Math.abs(total / rows - exactLoss(kind, flat, batch, masks))).toBeLessThan(1e-5);
      const h = 1e-6;
      for (let k = 0; k < flat.length; k += 3) {
        const at = (by: number) => {
          const moved = flat.slice();
          moved[k]! += by;
          return exactLoss(kind, moved, batch, masks);
        };
        const difference = (at(h) - at(-h)) / (2 * h);
        expect(Math.abs(gradient.flat[k]! - difference), `parameter ${k}`).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(difference)),
        );
      }
    },
  );

  /** Masks are drawn block by block, layer by layer. */
  function masksInBlocks(architecture: Architecture, rows: number, block: number) {
    const random = maskSource();
    const whole = architecture.layers.map(({ units, dropout }) =>
      dropout > 0 ? new Float32Array(rows * units) : undefined,
    );
    for (let from = 0; from < rows; from += block) {
      const part = masksOf(architecture, Math.min(block, rows - from), random);
      for (const [l, mask] of part.entries())
        if (mask) whole[l]!.set(mask, from * architecture.layers[l]!.units);
    }
    return whole;
  }
});

describe('a learner in the kernel', () => {
  const kind: Kind = { ...kinds[0]!, activation: 'sigmoid', batchNorm: false, dropout: 0.2, l2: 0.01 };

  test('gives back the parameters that it was given, and takes over others', () => {
    const batchNorm = { ...kind, batchNorm: true };
    const architecture = architectureOf(batchNorm);
    const [first, second] = [parametersOf(architecture, 1), parametersOf(architecture, 2)];
    second.moving[0]!.mean.fill(0.5);
    const { learner } = learnerOf(batchNorm, rowsOf(batchNorm, 8, 3), 8, first);
    const out = emptyParameters(architecture);
    learner.read(out);
    expect(out).toEqual(first);
    learner.write(second);
    learner.read(out);
    expect(out).toEqual(second);
  });

  test('moves nothing where the loss is not finite, whichever block of the batch it is in', () => {
    const train = rowsOf(kind, 80, 5);
    train.targets[79] = Number.NaN;
    const architecture = architectureOf(kind);
    const parameters = parametersOf(architecture, 6);
    const { learner } = learnerOf(kind, train, 80, parameters);
    const order = Uint32Array.from({ length: 80 }, (_, i) => i);
    expect(learner.step(order, 1e-3)).toBeNaN();
    const out = emptyParameters(architecture);
    learner.read(out);
    expect(out).toEqual(parameters);
  });

  test('two learners do not see each other', () => {
    const train = rowsOf(kind, 16, 7);
    const order = Uint32Array.from({ length: 16 }, (_, i) => i);
    const architecture = architectureOf(kind);
    const alone = learnerOf(kind, train, 16, parametersOf(architecture, 8)).learner;
    const beside = learnerOf(kind, train, 16, parametersOf(architecture, 8)).learner;
    const other = learnerOf(kind, train, 16, parametersOf(architecture, 9)).learner;
    for (let step = 0; step < 5; step++) alone.step(order, 0.01);
    for (let step = 0; step < 5; step++) {
      other.step(order, 0.02);
      beside.step(order, 0.01);
    }
    const [first, second] = [emptyParameters(architecture), emptyParameters(architecture)];
    alone.read(first);
    beside.read(second);
    expect(second).toEqual(first);
  });
});
