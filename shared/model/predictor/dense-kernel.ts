/** A dense layer's numbers: kernel row-major inputs × units. */
export interface DenseWeights {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

/**
 * out = x · kernel + bias for rows of x from `offset` on. Four units at a time for two rows at a time: each
 * number that is loaded is used more than once. Sums are in double precision.
 */
export function multiplyRows(
  x: Float32Array,
  offset: number,
  rows: number,
  { inputs, units, kernel, bias }: DenseWeights,
  out: Float32Array,
): void {
  const evenRows = rows - (rows % 2);
  const fourUnits = units - (units % 4);
  for (let row = 0; row < evenRows; row += 2) {
    const x0 = offset + row * inputs;
    const x1 = x0 + inputs;
    const o0 = row * units;
    const o1 = o0 + units;
    for (let u = 0; u < fourUnits; u += 4) {
      let a0 = bias[u]!;
      let a1 = bias[u + 1]!;
      let a2 = bias[u + 2]!;
      let a3 = bias[u + 3]!;
      let b0 = a0;
      let b1 = a1;
      let b2 = a2;
      let b3 = a3;
      for (let i = 0, k = u; i < inputs; i++, k += units) {
        const p = x[x0 + i]!;
        const q = x[x1 + i]!;
        const w0 = kernel[k]!;
        const w1 = kernel[k + 1]!;
        const w2 = kernel[k + 2]!;
        const w3 = kernel[k + 3]!;
        a0 += p * w0;
        a1 += p * w1;
        a2 += p * w2;
        a3 += p * w3;
        b0 += q * w0;
        b1 += q * w1;
        b2 += q * w2;
        b3 += q * w3;
      }
      out[o0 + u] = a0;
      out[o0 + u + 1] = a1;
      out[o0 + u + 2] = a2;
      out[o0 + u + 3] = a3;
      out[o1 + u] = b0;
      out[o1 + u + 1] = b1;
      out[o1 + u + 2] = b2;
      out[o1 + u + 3] = b3;
    }
  }
  for (let row = evenRows; row < rows; row++)
    oneRow(x, offset + row * inputs, kernel, bias, inputs, units, out, row * units);
  if (fourUnits === units) return;
  for (let row = 0; row < evenRows; row++) {
    for (let u = fourUnits; u < units; u++) {
      let sum = bias[u]!;
      for (let i = 0, k = u, o = offset + row * inputs; i < inputs; i++, k += units)
        sum += x[o + i]! * kernel[k]!;
      out[row * units + u] = sum;
    }
  }
}

function oneRow(
  x: Float32Array,
  offset: number,
  kernel: Float64Array,
  bias: Float64Array,
  inputs: number,
  units: number,
  out: Float32Array,
  start: number,
): void {
  let u = 0;
  for (; u + 4 <= units; u += 4) {
    let a0 = bias[u]!;
    let a1 = bias[u + 1]!;
    let a2 = bias[u + 2]!;
    let a3 = bias[u + 3]!;
    for (let i = 0, k = u; i < inputs; i++, k += units) {
      const p = x[offset + i]!;
      a0 += p * kernel[k]!;
      a1 += p * kernel[k + 1]!;
      a2 += p * kernel[k + 2]!;
      a3 += p * kernel[k + 3]!;
    }
    out[start + u] = a0;
    out[start + u + 1] = a1;
    out[start + u + 2] = a2;
    out[start + u + 3] = a3;
  }
  for (; u < units; u++) {
    let sum = bias[u]!;
    for (let i = 0, k = u; i < inputs; i++, k += units) sum += x[offset + i]! * kernel[k]!;
    out[start + u] = sum;
  }
}
