import { createRandom } from '../../platform/random.ts';
import type { ReplayPolicy, ReplayPolicyName, ReplayReport } from '../replay/replay-report.ts';

/** A replay of thirteen model years under four policies. */
export function sampleReplay(overrides: Partial<ReplayReport> = {}): ReplayReport {
  const random = createRandom('replay');
  const periods = Array.from({ length: 11 }, (_, i) => String(1972 + i));
  const policy = (name: ReplayPolicyName, every: number): ReplayPolicy => {
    let age = 0;
    let version = 0;
    const retrainings: ReplayPolicy['retrainings'][number][] = [];
    const points = periods.map((period, i) => {
      const value = 2.9 + age * 0.22 + 0.3 * random.next();
      const point = {
        period,
        value,
        low: value - 0.4,
        high: value + 0.4,
        rows: 28 + random.integer(9),
        model: `v1.${version}.0`,
      };
      age++;
      if (every > 0 && (i + 1) % every === 0) {
        const merged = i !== 5;
        if (merged) {
          age = 0;
          version++;
        }
        retrainings.push({ period, reason: 'weight and origin drifted', version: `v1.${version}.0`, merged });
      }
      return point;
    });
    const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
    return {
      name,
      points,
      retrainings,
      alarms: retrainings.length,
      falseAlarms: name === 'every-window' ? null : Math.min(1, retrainings.length),
      mean,
    };
  };
  return {
    pipeline: 'fuel',
    metric: 'rmse',
    better: 'lower',
    unit: 'mpg',
    periods,
    policies: [
      policy('never', 0),
      policy('every-window', 1),
      policy('on-drift', 3),
      policy('on-performance', 4),
    ],
    story: [
      {
        period: '1974',
        words:
          'weight and origin drifted; the retrained model is better, rmse 3.4 → 2.9; v1.1.0 goes into production',
      },
      {
        period: '1977',
        words: 'weight drifted; the retrained model is not clearly better, so an issue is opened',
      },
    ],
    ...overrides,
  };
}
