import type { TensorFlow } from './engine.ts';

/**
 * The product of two row-major matrices, a (rows × inner) and b (inner × columns), in single precision:
 * the one heavy operation of training, and the seam behind which another kernel can stand.
 */
export type MatrixProduct = (
  a: Float32Array,
  b: Float32Array,
  rows: number,
  inner: number,
  columns: number,
) => Float32Array;

/**
 * Products by TensorFlow.js's current backend. No tensor outlives a call. Operands are never given transposed:
 * the wasm backend is five to eight times slower at those than at a plain product.
 */
export function tensorProduct(tf: TensorFlow): MatrixProduct {
  return (a, b, rows, inner, columns) => {
    const left = tf.tensor2d(a, [rows, inner], 'float32');
    const right = tf.tensor2d(b, [inner, columns], 'float32');
    const product = tf.matMul(left, right);
    // dataSync of a float32 tensor is a Float32Array of its own.
    const values = product.dataSync<'float32'>();
    left.dispose();
    right.dispose();
    product.dispose();
    return values;
  };
}

/** Writes the transpose of row-major `source` (rows × columns) to `target` (columns × rows). */
export function transpose(source: Float32Array, rows: number, columns: number, target: Float32Array): void {
  for (let j = 0; j < columns; j++) {
    const start = j * rows;
    for (let i = 0, k = j; i < rows; i++, k += columns) target[start + i] = source[k]!;
  }
}
