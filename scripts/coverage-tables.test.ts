import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { descriptorOfKey } from '../shared/metrics/descriptors/metric-key.ts';

const cells = z
  .object({
    auto: z.object({
      cells: z.array(
        z.object({
          metric: z.string(),
          population: z.string(),
          heavy: z.boolean(),
          rows: z.int(),
          coverage: z.number().nullable(),
        }),
      ),
    }),
  })
  .parse(JSON.parse(readFileSync('benchmarks/coverage/results.json', 'utf8'))).auto.cells;

/** What the guide promises 92% of: bounded metrics and mae, and rmse of errors whose tails are not heavy. */
function isPromised({ metric, heavy }: (typeof cells)[number]): boolean {
  const { low, high } = descriptorOfKey(metric)!.limits;
  return (Number.isFinite(low) && Number.isFinite(high)) || metric === 'mae' || (metric === 'rmse' && !heavy);
}

describe('the measured coverage', () => {
  it('is of every metric but the one without an interval, at 40, 100 and 400 rows', () => {
    const without = new Set(cells.filter(({ coverage }) => coverage === null).map(({ metric }) => metric));
    expect([...without]).toEqual(['max-error']);
    expect(new Set(cells.map(({ rows }) => rows))).toEqual(new Set([40, 100, 400]));
  });

  it('keeps the promise of the guide', () => {
    const broken = cells.filter((cell) => isPromised(cell) && cell.coverage! < 92);
    expect(broken).toEqual([]);
  });
});
