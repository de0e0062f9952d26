// Matrix products. Every sum is taken in the order of `inner`, so its bits depend on no other size.

/** Rows of `inner` summed before the next part of them is begun: their panel stays in the first cache. */
const innerBlock: usize = 256;

/** Columns whose panel stays in the second cache while all rows pass over it. */
const columnBlock: usize = 64;

/**
 * c[i][j] = start[i][j] + Σ a[i][p] · b[p][j], in single precision. All strides are in bytes, so that `a` may be read
 * by rows or, transposed, by columns, and `start` may be one row for all (a bias: stride 0) or c itself.
 *
 * @param aRow from one row of `a` to the next; 4 where it is read transposed.
 * @param aInner from one number of a row to the next: 4, or the stride of what is read transposed.
 * @param columns a multiple of 4.
 */
export function product(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  rows: usize,
  inner: usize,
  columns: usize,
): void {
  for (let from: usize = 0; from < inner; from += innerBlock) {
    const count = min(innerBlock, inner - from);
    const aFrom = a + from * aInner;
    const bFrom = b + from * bRow;
    for (let left: usize = 0; left < columns; left += columnBlock) {
      const width = min(columnBlock, columns - left);
      panel(aFrom, aRow, aInner, bFrom + left * 4, bRow, start + left * 4, startRow, c + left * 4, cRow, rows, count, width);
    }
    start = c;
    startRow = cRow;
  }
}

function panel(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  rows: usize,
  inner: usize,
  columns: usize,
): void {
  const fours = rows & ~3;
  const eights = (columns & ~7) * 4;
  const end = columns * 4;
  let i: usize = 0;
  for (; i < fours; i += 4) {
    const at = a + i * aRow;
    const from = start + i * startRow;
    const to = c + i * cRow;
    let j: usize = 0;
    if (aInner == 4) {
      for (; j < eights; j += 32) fourRowsByEight(at, aRow, b + j, bRow, from + j, startRow, to + j, cRow, inner);
    } else {
      for (; j < eights; j += 32) fourColumnsByEight(at, aInner, b + j, bRow, from + j, startRow, to + j, cRow, inner);
    }
    if (j < end) fourByFour(at, aRow, aInner, b + j, bRow, from + j, startRow, to + j, cRow, inner);
  }
  for (; i < rows; i++) {
    const at = a + i * aRow;
    const from = start + i * startRow;
    const to = c + i * cRow;
    for (let j: usize = 0; j < end; j += 16) oneByFour(at, aInner, b + j, bRow, from + j, to + j, inner);
  }
}

/** Four rows of `a`, each read along itself. */
function fourRowsByEight(
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  inner: usize,
): void {
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const s1 = start + startRow;
  const s2 = s1 + startRow;
  const s3 = s2 + startRow;
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c10 = v128.load(s1);
  let c11 = v128.load(s1, 16);
  let c20 = v128.load(s2);
  let c21 = v128.load(s2, 16);
  let c30 = v128.load(s3);
  let c31 = v128.load(s3, 16);
  const end = a + inner * 4;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    b += bRow;
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** Four columns of a matrix that is the transpose of `a`: its four numbers stand side by side. */
function fourColumnsByEight(
  a: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  inner: usize,
): void {
  const s1 = start + startRow;
  const s2 = s1 + startRow;
  const s3 = s2 + startRow;
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c10 = v128.load(s1);
  let c11 = v128.load(s1, 16);
  let c20 = v128.load(s2);
  let c21 = v128.load(s2, 16);
  let c30 = v128.load(s3);
  let c31 = v128.load(s3, 16);
  const end = b + inner * bRow;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    b += bRow;
    a += aInner;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

function fourByFour(
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  inner: usize,
): void {
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let c0 = v128.load(start);
  let c1 = v128.load(start + startRow);
  let c2 = v128.load(start + 2 * startRow);
  let c3 = v128.load(start + 3 * startRow);
  const end = b + inner * bRow;
  while (b < end) {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b0));
    a += aInner;
    a1 += aInner;
    a2 += aInner;
    a3 += aInner;
    b += bRow;
  }
  v128.store(c, c0);
  v128.store(c + cRow, c1);
  v128.store(c + 2 * cRow, c2);
  v128.store(c + 3 * cRow, c3);
}

function oneByFour(a: usize, aInner: usize, b: usize, bRow: usize, start: usize, c: usize, inner: usize): void {
  let sum = v128.load(start);
  const end = b + inner * bRow;
  while (b < end) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)));
    a += aInner;
    b += bRow;
  }
  v128.store(c, sum);
}

/** Writes the transpose of `source` (rows × columns, multiples of 4) to `target` (columns × rows). */
export function transpose(source: usize, rows: usize, columns: usize, target: usize): void {
  const from = columns * 4;
  const to = rows * 4;
  for (let i: usize = 0; i < rows; i += 4) {
    for (let j: usize = 0; j < columns; j += 4) {
      let s = source + i * from + j * 4;
      const r0 = v128.load(s);
      const r1 = v128.load((s += from));
      const r2 = v128.load((s += from));
      const r3 = v128.load((s += from));
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      let t = target + j * to + i * 4;
      v128.store(t, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store((t += to), v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store((t += to), v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store((t += to), v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    }
  }
}
