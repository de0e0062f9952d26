import type { MatrixProduct } from '../engine/matrix-product.ts';
import { padded, startKernel } from './kernel.ts';
import { createMemoryPlan } from './memory-plan.ts';

/** Products by the kernel: each call copies its matrices into an instance of their size and the result out of it. */
export function kernelProduct(module: WebAssembly.Module): MatrixProduct {
  const kernel = startKernel(module);
  return (a, b, rows, inner, columns) => {
    const width = padded(columns);
    const plan = createMemoryPlan(kernel);
    const addresses = [a.length, inner * width, rows * width, width].map(plan.take);
    const memory = plan.open();
    const [left, right, result, zeros] = addresses as [number, number, number, number];
    memory.set(a, left / 4);
    for (let p = 0, k = 0, o = right / 4; p < inner; p++, o += width) {
      for (let j = 0; j < columns; j++, k++) memory[o + j] = b[k]!;
      memory.fill(0, o + columns, o + width);
    }
    memory.fill(0, zeros / 4, zeros / 4 + width);
    kernel.product(left, 4 * inner, 4, right, 4 * width, zeros, 0, result, 4 * width, rows, inner, width);
    const out = new Float32Array(rows * columns);
    for (let i = 0, k = 0, o = result / 4; i < rows; i++, o += width) {
      for (let j = 0; j < columns; j++, k++) out[k] = memory[o + j]!;
    }
    return out;
  };
}
