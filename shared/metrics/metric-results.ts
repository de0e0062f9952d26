import type { ValidateConfig } from '../config/sections/validate-section.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { type MetricKey, metricKey } from './descriptors/metric-key.ts';
import type { MetricResult } from './evaluation/metric-result.ts';
import type { ChampionComparison } from './intervals/champion-comparison.ts';
import { comparisonsOf } from './intervals/comparison-results.ts';
import { type Estimate, lengthened } from './intervals/estimate.ts';
import { estimatesOf } from './intervals/estimates.ts';
import { measuredTogether } from './intervals/measured.ts';
import { metricOf } from './registry/registry.ts';
import { withoutPreference } from './rows/baseline.ts';
import { type JudgedRows, judgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';
import { onceEach } from './rows/row-weights.ts';

/** Values by metric; null where undefined. */
type Values = ReadonlyMap<MetricKey, number | null>;

/** Every metric of the model and of what it is compared with, champion apart. */
export interface MetricEstimates {
  readonly own: ReadonlyMap<MetricKey, Estimate>;
  readonly baseline: {
    readonly values?: Values;
    /** On the same resamples; of the metrics that a gate compares with the baseline. */
    readonly estimates: ReadonlyMap<MetricKey, Estimate>;
  };
  readonly train?: Values;
}

/** What metrics are estimated from. */
export interface EstimatesInput {
  readonly names: readonly MetricKey[];
  readonly rows: JudgedRows;
  /** Of each fold's model on the rows that it learned from, or of the one model. */
  readonly train?: Predictions | readonly Predictions[];
  readonly baseline?: Predictions;
  /** By what intervals of differences are lengthened: see `outOfFoldFactor`. */
  readonly factor?: number;
  readonly validate: ValidateConfig;
  readonly random: Random;
}

/** Computes the metrics and bootstraps them, the baseline's on the same resamples where a gate needs it. */
export function metricEstimates(input: EstimatesInput): MetricEstimates {
  const { names, rows, validate, random } = input;
  const naive = input.baseline && naiveRows(input.baseline);
  const gated = validate.gates.filter((gate) => gate.baseline !== undefined).map((gate) => metricKey(gate));
  const compared = naive ? [...new Set(gated)] : [];
  const estimates = estimatesOf({
    metrics: [
      ...names.map((name) => ({ metric: metricOf(name), rows })),
      ...compared.map((name) => ({ metric: metricOf(name), rows: naive!(name) })),
    ],
    settings: validate.bootstrap,
    random,
  });
  return {
    own: new Map(names.map((name, i) => [name, estimates[i]!])),
    baseline: {
      ...(naive ? { values: valuesOf(names, naive) } : {}),
      estimates: new Map(
        compared.map((name, i) => [name, lengthened(estimates[names.length + i]!, input.factor ?? 1)]),
      ),
    },
    ...(input.train ? { train: meanValues(names, [input.train].flat()) } : {}),
  };
}

/** What the naive model says of the judged rows, as a metric looks at it. */
function naiveRows(baseline: Predictions): (name: MetricKey) => JudgedRows {
  const said = judgedRows(baseline);
  let ranked: JudgedRows | undefined;
  return (name) => {
    if (metricOf(name).interval !== 'ranks') return said;
    ranked ??= judgedRows(withoutPreference(baseline));
    return ranked;
  };
}

function valuesOf(names: readonly MetricKey[], rowsOf: (name: MetricKey) => JudgedRows): Values {
  return new Map(
    names.map((name) => {
      const rows = rowsOf(name);
      const value = metricOf(name).weigh(rows)(onceEach(rows.count));
      return [name, 'value' in value ? value.value : null];
    }),
  );
}

/** The mean over several models of each one's values on its own rows, by their number. */
function meanValues(names: readonly MetricKey[], models: readonly Predictions[]): Values {
  const parts = models
    .map((one) => judgedRows(one))
    .map((rows) => ({ rows, values: valuesOf(names, () => rows) }));
  const total = parts.reduce((sum, { rows }) => sum + rows.count, 0);
  return new Map(
    names.map((name) => {
      const values = parts.map(({ values }) => values.get(name) ?? null);
      if (values.includes(null)) return [name, null];
      if (values.length === 1) return [name, values[0]!];
      return [name, parts.reduce((sum, { rows }, i) => sum + (rows.count / total) * values[i]!, 0)];
    }),
  );
}

/** The metrics as evaluation.json holds them. */
export function metricResults(
  names: readonly MetricKey[],
  { own, baseline, train }: MetricEstimates,
  comparison: ChampionComparison | undefined,
  settings: ValidateConfig['bootstrap'],
  ports: { readonly logger: Logger },
): MetricResult[] {
  const champions = comparisonsOf(names, comparison, settings);
  const intervals = measuredTogether(
    names.map((name) => own.get(name)!),
    settings,
  );
  ports.logger.progress({ task: 'intervals', done: names.length, total: names.length });
  return names.map((name, i) => {
    const champion = champions.get(name);
    return {
      name,
      ...intervals[i]!,
      better: metricOf(name).better,
      ...(baseline.values ? { baseline: baseline.values.get(name) ?? null } : {}),
      ...(train ? { train: train.get(name) ?? null } : {}),
      ...(champion ? { champion } : {}),
    };
  });
}
