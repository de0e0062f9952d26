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
