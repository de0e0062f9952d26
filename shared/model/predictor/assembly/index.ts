// A dense layer over many rows, in plain SIMD: sums in double precision, each in the order of the inputs and rounded to
// single precision at its end. That is what dense-kernel.ts does row by row, so both give the same bits.

/** The first byte of the memory that this module does not use itself. */
export function heapStart(): usize {
  return __heap_base;
}

/**
 * out = x · kernel + bias, and max(0, out) where `relu` is 1.
 *
 * @param x rows in single precision, `stride` numbers from one to the next.
 * @param panels the kernel in double precision: four units at a time, of these each input's four numbers.
 * @param bias in double precision, by unit.
 * @param units a multiple of 4; also the numbers from one row of `out` to the next.
 * @param rows a multiple of 4.
 * @param wide room for four rows' inputs in double precision.
 * @param out rows in single precision.
 */
export function multiplyRows(
  x: usize,
  stride: usize,
  inputs: usize,
  panels: usize,
  bias: usize,
  units: usize,
  rows: usize,
  wide: usize,
  out: usize,
  relu: i32,
): void {
  const step = stride * 4;
  for (let row: usize = 0; row < rows; row += 4) {
    widen(x, step, inputs, wide);
    x += step * 4;
    let panel = panels;
    for (let unit: usize = 0; unit < units; unit += 4) {
      fourByFour(wide, inputs, panel, bias + unit * 8, out + unit * 4, units * 4, relu);
      panel += inputs * 32;
    }
    out += units * 16;
  }
}

/** Four rows' inputs side by side, in double precision. */
function widen(x: usize, step: usize, inputs: usize, wide: usize): void {
  const end = x + inputs * 4;
  for (; x < end; x += 4, wide += 32) {
    store<f64>(wide, <f64>load<f32>(x));
    store<f64>(wide, <f64>load<f32>(x + step), 8);
    store<f64>(wide, <f64>load<f32>(x + 2 * step), 16);
    store<f64>(wide, <f64>load<f32>(x + 3 * step), 24);
  }
}

function fourByFour(wide: usize, inputs: usize, panel: usize, bias: usize, out: usize, step: usize, relu: i32): void {
  const b0 = v128.load(bias);
  const b1 = v128.load(bias, 16);
  let c00 = b0;
  let c01 = b1;
  let c10 = b0;
  let c11 = b1;
  let c20 = b0;
  let c21 = b1;
  let c30 = b0;
  let c31 = b1;
  const end = wide + inputs * 32;
  while (wide < end) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let p = v128.load64_splat(wide);
    c00 = f64x2.add(c00, f64x2.mul(p, w0));
    c01 = f64x2.add(c01, f64x2.mul(p, w1));
    p = v128.load64_splat(wide, 8);
    c10 = f64x2.add(c10, f64x2.mul(p, w0));
    c11 = f64x2.add(c11, f64x2.mul(p, w1));
    p = v128.load64_splat(wide, 16);
    c20 = f64x2.add(c20, f64x2.mul(p, w0));
    c21 = f64x2.add(c21, f64x2.mul(p, w1));
    p = v128.load64_splat(wide, 24);
    c30 = f64x2.add(c30, f64x2.mul(p, w0));
    c31 = f64x2.add(c31, f64x2.mul(p, w1));
    wide += 32;
    panel += 32;
  }
  keep(out, c00, c01, relu);
  keep(out + step, c10, c11, relu);
  keep(out + 2 * step, c20, c21, relu);
  keep(out + 3 * step, c30, c31, relu);
}

// @ts-ignore: decorator
@inline
function keep(out: usize, low: v128, high: v128, relu: i32): void {
  const sums = v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
  v128.store(out, relu ? f32x4.max(sums, f32x4.splat(0)) : sums);
}
