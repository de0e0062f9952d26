/**
 * The design effect of rows that belong to groups: so many rows say as much as one independent row. 1 + (m - 1) ρ, with the
 * intraclass correlation ρ of a one-way analysis of variance and the mean group size that a row sees, m = Σ n_g² / n.
 *
 * Kish, "Survey sampling", 1965.
 *
 * @param channels the values, one or several that are counted together; none missing.
 * @param groups group of each row, from 0.
 * @returns at least 1.
 * @example ten rows a group, all alike: 10
 */
export function designEffect(channels: readonly Float64Array[], groups: Int32Array): number {
  const rows = groups.length;
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const sizes = new Float64Array(count);
  for (const group of groups) sizes[group]!++;
  const used = sizes.reduce((sum, size) => sum + Number(size > 0), 0);
  const squares = sizes.reduce((sum, size) => sum + size * size, 0);
  const seen = squares / rows;
  if (used < 2 || used === rows) return used === rows ? 1 : seen;
  let between = 0;
  let total = 0;
  for (const channel of channels) {
    const mean = channel.reduce((sum, value) => sum + value, 0) / rows;
    const sums = new Float64Array(count);
    for (let row = 0; row < rows; row++) {
      const value = channel[row]! - mean;
      sums[groups[row]!]! += value;
      total += value * value;
    }
    sums.forEach((sum, group) => {
      if (sizes[group]! > 0) between += (sum * sum) / sizes[group]!;
    });
  }
  if (!(total > 0)) return 1;
  const ofGroups = between / (used - 1);
  const within = (total - between) / (rows - used);
  const size = (rows - seen) / (used - 1);
  const correlation = (ofGroups - within) / (ofGroups + (size - 1) * within);
  return Math.max(1, 1 + (seen - 1) * Math.min(1, correlation));
}
