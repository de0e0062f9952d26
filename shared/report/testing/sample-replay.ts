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
        retrainings.push({
          ...{ period, reason: 'weight and origin drifted', version: `v1.${version}.0`, merged },
          ...{ outcome: merged ? 'better' : 'not-clearly-better', change: merged ? -0.14 : -0.007 },
        });
      }
      return point;
    });
    const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
    return {
      name,
      points,
      retrainings,
      alarms: retrainings.length,
      checks: periods.map((period) => {
        const retraining = retrainings.find((one) => one.period === period);
        const ending = !retraining ? 'no-alarm' : retraining.merged ? 'deployed' : 'not-better';
        return { period, ending };
      }),
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
    versions: ['v1.0.0', 'v1.1.0'].map((version, i) => ({
      version,
      points: periods.slice(3 * i).map((period, at) => ({
        ...{
          period,
          value: 3 + 0.2 * at,
          low: 2.5 + 0.2 * at,
          high: 3.5 + 0.2 * at,
          rows: 30,
          model: version,
        },
      })),
    })),
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
