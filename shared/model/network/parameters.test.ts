import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { architectureOf, type HiddenActivation } from './architecture.ts';
import { copyParameters, emptyParameters, initialParameters } from './parameters.ts';

function architecture(activation: HiddenActivation, batchNorm = false) {
  return architectureOf(
    100,
    { layers: [200, 50], activation, dropout: 0, 'batch-norm': batchNorm },
    { units: 1, activation: 'linear' },
  );
}

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

describe('initial weights', () => {
  test.each([
    ['relu', 2 / 100, 'He'],
    ['selu', 1 / 100, 'LeCun'],
    ['tanh', 2 / (100 + 200), 'Glorot'],
  ] as const)('before %s have variance %d (%s)', (activation, expected, _) => {
    const { layers } = initialParameters(architecture(activation), createRandom(1));
    // 20,000 draws: the variance is known to about one percent.
    expect(variance(layers[0]!.kernel) / expected).toBeCloseTo(1, 1);
    expect(Math.max(...layers[0]!.kernel)).toBeLessThanOrEqual(Math.sqrt(3 * expected));
    expect(layers[0]!.bias.every((value) => value === 0)).toBe(true);
  });

  test('are equal for equal seeds', () => {
    const draw = (seed: number) => initialParameters(architecture('relu'), createRandom(seed)).flat;
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  test('start batch normalisation as the identity', () => {
    const { layers, moving, flat } = initialParameters(architecture('relu', true), createRandom(1));
    expect(layers[0]!.gamma.every((value) => value === 1)).toBe(true);
    expect(moving[0]!.mean.every((value) => value === 0)).toBe(true);
    expect(moving[0]!.variance.every((value) => value === 1)).toBe(true);
    // kernels, shifts and scales of two layers; the output's kernel and bias
    expect(flat).toHaveLength(100 * 200 + 2 * 200 + (200 * 50 + 2 * 50) + (50 + 1));
  });

  test('are views into one flat array', () => {
    const parameters = emptyParameters(architecture('relu', true));
    parameters.flat.fill(7);
    expect(
      parameters.layers.every(({ kernel, bias, gamma }) =>
        [...kernel, ...bias, ...gamma].every((v) => v === 7),
      ),
    ).toBe(true);
    const copy = emptyParameters(architecture('relu', true));
    parameters.moving[1]!.mean.fill(3);
    copyParameters(parameters, copy);
    expect(copy).toEqual(parameters);
  });
});
