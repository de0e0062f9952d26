import { describe, expect, test } from 'vitest';
import { normalCumulative, normalDensity } from '../../algebra/normal-distribution.ts';
import { createRandom } from '../../platform/random.ts';
import { activationKinds, compileKernel, type Kernel, lossKinds, startKernel } from './kernel.ts';
import { kernelProduct } from './kernel-product.ts';
import { createMemoryPlan } from './memory-plan.ts';

type Name = Exclude<keyof typeof activationKinds, 'linear' | 'relu'>;

/** One unit in the last place of single precision, relative: what the promise is measured in. */
const unit = 2 ** -23;

const logistic = (z: number) => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
const scale = 1.0507009873554805;
const alpha = 1.6732632423543772;

/** In double precision, by JavaScript's own functions. */
const values: Record<Name, (z: number) => number> = {
  tanh: Math.tanh,
  sigmoid: logistic,
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  selu: (z) => scale * (z > 0 ? z : alpha * Math.expm1(z)),
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  swish: (z) => z * logistic(z),
  gelu: (z) => z * normalCumulative(z),
};

const slopes: Record<Name, (z: number) => number> = {
  tanh: (z) => 1 / Math.cosh(z) ** 2,
  sigmoid: (z) => logistic(z) * logistic(-z),
  elu: (z) => (z > 0 ? 1 : Math.exp(z)),
  selu: (z) => scale * (z > 0 ? 1 : alpha * Math.exp(z)),
  softplus: logistic,
  swish: (z) => logistic(z) * (1 + z * logistic(-z)),
  gelu: (z) => normalCumulative(z) + z * normalDensity(z),
};

/** Numbers of every size that a sum can have: to ±30 in even steps, and tiny ones. */
const grid = Float32Array.from({ length: 24_000 }, (_, i) =>
  i < 20_000 ? (i - 10_000) * 0.003 + 0.0007 : (i % 2 === 0 ? 1 : -1) * 10 ** (-(i - 20_000) / 120),
);

function withMemory<T>(
  lengths: readonly number[],
  work: (kernel: Kernel, at: number[], memory: Float32Array) => T,
): T {
  const kernel = startKernel(compileKernel());
  const plan = createMemoryPlan(kernel);
  const at = lengths.map(plan.take);
  return work(kernel, at, plan.open());
}

describe('activations of the kernel', () => {
  test.each(Object.keys(values) as Name[])('%s is within one unit in the last place', (name) => {
    const result = withMemory([grid.length, grid.length], (kernel, [z, h], memory) => {
      memory.set(grid, z! / 4);
      kernel.activate(activationKinds[name], z!, h!, grid.length);
      return memory.slice(h! / 4, h! / 4 + grid.length);
    });
    for (const [i, z] of grid.entries()) {
      const truth = values[name](z);
      // The reference itself is exact to 1e-15, which is nothing of the far tail: see the next test.
      if (Math.abs(truth) < 1e-37 || (name === 'gelu' && z < -4)) continue;
      expect(Math.abs(result[i]! / truth - 1), `${name}(${z})`).toBeLessThan(unit);
    }
  });

  test('gelu is within one unit in the last place in the tail', () => {
    // scipy.stats.norm.cdf
    const tail = [
      [-5, 2.866515718791939e-7],
      [-8, 6.22096057427178e-16],
      [-10, 7.61985302416053e-24],
      [-12, 1.776482112077679e-33],
    ] as const;
    for (const [z, chance] of tail) {
      const [result] = withMemory([4, 4], (kernel, [from, to], memory) => {
        memory[from! / 4] = z;
        kernel.activate(activationKinds.gelu, from!, to!, 4);
        return memory.slice(to! / 4, to! / 4 + 1);
      });
      expect(Math.abs(result! / (z * chance) - 1), `gelu(${z})`).toBeLessThan(unit);
    }
  });

  test.each(Object.keys(slopes) as Name[])('the derivative of %s is within 2e-7', (name) => {
    const result = withMemory([grid.length, grid.length, grid.length], (kernel, [z, h, d], memory) => {
      memory.set(grid, z! / 4);
      memory.fill(1, d! / 4, d! / 4 + grid.length);
      kernel.activate(activationKinds[name], z!, h!, grid.length);
      kernel.multiplyByDerivative(activationKinds[name], z!, h!, d!, grid.length);
      return memory.slice(d! / 4, d! / 4 + grid.length);
    });
    for (const [i, z] of grid.entries()) {
      expect(Math.abs(result[i]! - slopes[name](z)), `${name}'(${z})`).toBeLessThan(2e-7);
    }
  });

  test.each(Object.keys(activationKinds) as (keyof typeof activationKinds)[])(
    '%s keeps what is not a number, and its bounds at infinity',
    (name) => {
      const given = [Number.NaN, Number.POSITIVE_INFINITY, 3e38, 0];
      const [nothing, most, large, zero] = withMemory([4, 4], (kernel, [z, h], memory) => {
        memory.set(given, z! / 4);
        kernel.activate(activationKinds[name], z!, h!, 4);
        return memory.slice(h! / 4, h! / 4 + 4);
      });
      const bounded = name === 'tanh' || name === 'sigmoid';
      expect(nothing).toBeNaN();
      expect(most).toBe(bounded ? 1 : Number.POSITIVE_INFINITY);
      if (bounded) expect(large).toBe(1);
      else expect(large).toBeGreaterThan(2.9e38);
      expect(zero).toBeCloseTo(name === 'sigmoid' ? 0.5 : name === 'softplus' ? Math.LN2 : 0, 7);
    },
  );
});

describe('losses of the kernel', () => {
  function lossOf(kind: number, sums: number[], target: number, width: number) {
    return withMemory([4 * width, 1, 4 * width], (kernel, [at, targets, gradient], memory) => {
      memory.set(sums, at! / 4);
      memory[targets! / 4] = target;
      const total = kernel.loss(kind, at!, 1, sums.length, width, targets!, 0, 1, gradient!);
      return { total, gradient: [...memory.subarray(gradient! / 4, gradient! / 4 + sums.length)] };
    });
  }

  test('cross-entropies equal log(1 + exp(z)) - y·z and log Σ exp(z) - z[y], and never overflow', () => {
    for (const z of [-700, -30, -1.5, -1e-6, 0, 1e-6, 0.3, 2, 30, 700]) {
      for (const y of [0, 1]) {
        const { total, gradient } = lossOf(lossKinds.sigmoid, [z], y, 4);
        const sum = Math.fround(z);
        const truth = Math.max(sum, 0) + Math.log1p(Math.exp(-Math.abs(sum))) - y * sum;
        expect(Math.abs(total - truth)).toBeLessThanOrEqual(1e-10 * Math.max(1, truth));
        expect(Math.abs(gradient[0]! - (logistic(sum) - y))).toBeLessThan(unit);
      }
    }
    for (const sums of [
      [0, 0, 0],
      [1, -2, 0.5],
      [500, -500, 499],
      [-90, -91, -90.5, 3, 2.5],
    ]) {
      const single = sums.map(Math.fround);
      const largest = Math.max(...single);
      const total = single.reduce((sum, z) => sum + Math.exp(z - largest), 0);
      for (const y of sums.keys()) {
        const got = lossOf(lossKinds.softmax, sums, y, 8);
        const truth = Math.log(total) + largest - single[y]!;
        expect(Math.abs(got.total - truth)).toBeLessThanOrEqual(1e-10 * Math.max(1, truth));
        for (const [k, slope] of got.gradient.entries()) {
          const share = Math.exp(single[k]! - largest) / total;
          expect(Math.abs(slope - (share - (k === y ? 1 : 0)))).toBeLessThan(unit);
        }
      }
    }
  });

  test('a sum that is no number makes the loss none', () => {
    expect(lossOf(lossKinds.linear, [Number.NaN], 0, 4).total).toBeNaN();
    expect(lossOf(lossKinds.sigmoid, [Number.NaN], 0, 4).total).toBeNaN();
    expect(lossOf(lossKinds.softmax, [0, Number.NaN, 1], 0, 4).total).toBeNaN();
  });
});

describe('products of the kernel', () => {
  test('are those of double precision, for every remainder of rows and columns and beyond its blocks', () => {
    const product = kernelProduct(compileKernel());
    const random = createRandom(5);
    for (const [rows, inner, columns] of [
      ...Array.from({ length: 40 }, (_, i) => [1 + (i % 9), 1 + ((i * 5) % 7), 1 + ((i * 3) % 13)] as const),
      [7, 600, 133],
      [130, 257, 70],
    ] as const) {
      const a = Float32Array.from({ length: rows * inner }, () => random.normal());
      const b = Float32Array.from({ length: inner * columns }, () => random.normal());
      const result = product(a, b, rows, inner, columns);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let p = 0; p < inner; p++) sum += a[i * inner + p]! * b[p * columns + j]!;
          expect(Math.abs(result[i * columns + j]! - sum)).toBeLessThan(1e-6 * (inner + 10));
        }
      }
    }
  });
});

describe('the memory of the kernel', () => {
  test('says what to lower where a network does not fit', () => {
    const plan = createMemoryPlan(startKernel(compileKernel()));
    plan.take(2 ** 31);
    expect(() => plan.open()).toThrow(
      /^train\.candidates: a network with a batch of its rows takes 8193 MB, which the kernel cannot have \(.+4,096 MB\): use fewer units, a smaller batch-size, or train\.backend: node$/,
    );
  });

  test('the module is under 60 KB and imports nothing', () => {
    expect(WebAssembly.Module.imports(compileKernel())).toEqual([]);
  });
});
