import type { DeclarationChange } from '../../../config/declaration-changes.ts';
import type { DataChanges } from '../../../dataset/data-changes.ts';
import { sampleBinary, sampleMulticlass } from '../../testing/sample-classifiers.ts';
import { sampleGate, sampleRegression } from '../../testing/sample-evaluation.ts';
import { withTexts } from '../../testing/sample-inputs.ts';
import { sampleChampion, sampleMetric, sampleSlice } from '../../testing/sample-parts.ts';
import { sampleQuality, sampleSchema, sampleTraining } from '../../testing/sample-training.ts';
import type { PullRequestReport } from '../pull-request-report.ts';
import { hostileTexts } from './hostile-texts.ts';

/** How the data of a passing pull request differs from its champion's. */
function sampleDataChanges(overrides: Partial<DataChanges> = {}): DataChanges {
  return {
    rows: { before: 198, after: 242 },
    target: { before: 'mpg', after: 'mpg' },
    classes: { added: [], gone: [] },
    columns: [
      {
        name: 'power_to_weight',
        role: 'feature',
        kind: 'new',
        type: { before: undefined, after: 'number' },
        roles: { before: undefined, after: 'feature' },
        weight: 2,
      },
      {
        name: 'year',
        role: 'feature',
        kind: 'values',
        type: { before: 'number', after: 'number' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0 },
        numbers: {
          mean: { before: 1973.6, after: 1975.1 },
          spread: { before: 2.31, after: 3.02 },
          shift: 0.6494,
        },
        weight: 0.2598,
      },
      {
        name: 'origin',
        role: 'feature',
        kind: 'values',
        type: { before: 'category', after: 'category' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0.0041 },
        categories: {
          added: [],
          gone: [],
          moved: 0.0713,
          most: { value: 'USA', before: 0.6717, after: 0.6004 },
        },
        weight: 0.0713,
      },
      {
        name: 'weight',
        role: 'feature',
        kind: 'values',
        type: { before: 'number', after: 'number' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0 },
        numbers: { mean: { before: 3051, after: 3040 }, spread: { before: 861, after: 858 }, shift: -0.0128 },
        weight: 0.0051,
      },
    ],
    ...overrides,
  };
}

/** A pull request that passes against its champion. */
export function sampleReport(overrides: Partial<PullRequestReport> = {}): PullRequestReport {
  return {
    evaluation: sampleRegression(),
    training: sampleTraining(),
    quality: sampleQuality(),
    schema: sampleSchema(),
    data: sampleDataChanges(),
    provenance: {
      commit: '8f3c1d9a5b7e42c6a0d1f2e3b4c5d6e7f8091a2b',
      digests: {
        dataset: 'sha256:c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2',
        model: 'sha256:5b0e1f0c9d0a4b7f8e2d6c1a3f4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b',
        evaluation: 'sha256:91a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80',
      },
      fingerprint: 'f00d5eed1234',
      version: '0.1.0',
      engine: 'tensorflow.js 4.22.0, wasm',
      reproducible: true,
    },
    links: {
      run: 'https://github.com/acme/cars/actions/runs/4711',
      report: 'https://github.com/acme/cars/actions/runs/4711/artifacts/42',
      config: 'https://github.com/acme/cars/blob/8f3c1d9/ciclo.yml',
    },
    origin: 'repository',
    command: ['git checkout 8f3c1d9a5b7e42c6a0d1f2e3b4c5d6e7f8091a2b', 'npx ciclo run --config ciclo.yml'],
    ...overrides,
  };
}

/** A pull request whose model is worse than the champion. */
export function failingReport(overrides: Partial<PullRequestReport> = {}): PullRequestReport {
  const passing = sampleRegression();
  const [, , gap, slice] = passing.gates;
  return sampleReport({
    evaluation: sampleRegression({
      verdict: 'fail',
      metrics: [
        sampleMetric('rmse', 4.631, 1.082, {
          baseline: 7.893,
          train: 2.411,
          champion: sampleChampion(3.083, [-1.548, -2.131, -0.987], 'lower'),
        }),
        sampleMetric('mae', 3.402, 0.811, {
          baseline: 6.512,
          train: 1.803,
          champion: sampleChampion(2.215, [-1.187, -1.602, -0.774], 'lower'),
        }),
        sampleMetric('r2', 0.6521, 0.1641, {
          better: 'higher',
          baseline: -0.0042,
          train: 0.9058,
          champion: sampleChampion(0.8436, [-0.1915, -0.2731, -0.1184], 'higher'),
        }),
        sampleMetric('mean-bias', -0.113, 1.252, {
          better: 'zero',
          baseline: 0.421,
          champion: sampleChampion(0.162, [0.049, -0.404, 0.481], 'lower'),
        }),
      ],
      gates: [
        sampleGate({
          measured: 4.631,
          low: 4.112,
          high: 5.194,
          outcome: 'fail',
          message: 'The whole interval lies above the bound.',
        }),
        sampleGate({
          index: 1,
          kind: 'champion-worse-by-at-most',
          declared: 'rmse worse than the champion by at most 2%',
          bound: 0.0617,
          measured: 1.548,
          low: 0.987,
          high: 2.131,
          outcome: 'fail',
          message: 'The whole interval lies above the bound.',
        }),
        { ...gap!, outcome: 'inconclusive', measured: 0.2537, low: 0.0871, high: 0.4211 },
        ...['Japan', 'USA', 'Europe'].map((label, i) =>
          sampleGate({
            ...slice!,
            slice: { column: 'origin', label },
            ...[
              { measured: 7.914, low: 6.213, high: 9.492, outcome: 'fail' as const },
              { measured: 3.013, low: 2.448, high: 3.613, outcome: 'pass' as const },
              { measured: 4.183, low: 3.011, high: 5.735, outcome: 'pass' as const },
            ][i],
          }),
        ),
      ],
      slices: [
        sampleSlice(['origin', 'USA'], 49, [3.013, 2.448, 3.613], { champion: 2.884 }),
        sampleSlice(['origin', 'Japan'], 17, [7.914, 6.213, 9.492], { champion: 3.402 }),
        sampleSlice(['origin', 'Europe'], 13, [4.183, 3.011, 5.735], { champion: 3.391 }),
        sampleSlice(['weight', 'below 2400'], 31, [6.422, 5.113, 7.718], { champion: 3.613 }),
        sampleSlice(['weight', '2400 to below 3400'], 29, [2.611, 2.034, 3.203], { champion: 2.902 }),
        sampleSlice(['weight', '3400 and above'], 15, [1.893, 1.242, 2.531], { champion: 2.013 }),
        sampleSlice(['weight', 'missing'], 4, [5.204, 1.103, 8.931], { champion: 4.002 }),
      ],
    }),
    ...overrides,
  });
}

/** A pull request whose gates cannot be decided, for want of rows. */
export function inconclusiveReport(): PullRequestReport {
  const evaluation = sampleRegression();
  const [, against] = evaluation.gates;
  return sampleReport({
    evaluation: {
      ...evaluation,
      verdict: 'warn',
      metrics: [
        sampleMetric('rmse', 2.991, 0.851, {
          baseline: 7.893,
          champion: sampleChampion(3.083, [0.092, -0.148, 0.331], 'lower'),
        }),
        ...evaluation.metrics.slice(1),
      ],
      gates: evaluation.gates.with(1, {
        ...against!,
        outcome: 'inconclusive',
        measured: -0.092,
        low: -0.331,
        high: 0.148,
        message:
          'The interval reaches across the bound, so 79 rows cannot tell; the value itself lies below it.',
      }),
    },
  });
}

/** The first model: nothing in production to compare with. */
export function firstReport(): PullRequestReport {
  const { champion: _champion, ...evaluation } = sampleRegression();
  const { data: _data, ...report } = sampleReport();
  return {
    ...report,
    evaluation: {
      ...evaluation,
      metrics: evaluation.metrics.map(({ champion: _gain, ...metric }) => metric),
      slices: evaluation.slices.map(({ champion: _value, ...slice }) => slice),
      gates: evaluation.gates.map((gate) =>
        gate.kind.startsWith('champion')
          ? {
              ...gate,
              bound: null,
              measured: null,
              low: null,
              high: null,
              outcome: 'not-applicable' as const,
              message: 'There is no champion to compare with yet.',
            }
          : gate,
      ),
    },
  };
}

const sampleDeclarationChanges: readonly DeclarationChange[] = [
  {
    kind: 'gate',
    effect: 'loosens',
    sentence: 'gate rmse at most 4 is loosened to at most 6',
    path: ['validate', 'gates', 0, 'max'],
    file: 'head',
  },
  {
    kind: 'gate',
    effect: 'loosens',
    sentence: 'gate r2 at least 0.7 is removed',
    path: ['validate', 'gates', 5, 'min'],
    file: 'base',
  },
  {
    kind: 'filter',
    effect: 'changes',
    sentence: 'of horsepower, range changes from [1,500] to [1,200]',
    path: ['features', 'horsepower', 'range'],
    file: 'head',
  },
];

/** A pull request that passes by gates which it loosened itself. */
export function loosenedReport(): PullRequestReport {
  const failing = failingReport().evaluation;
  return sampleReport({
    declaration: {
      base: 'main',
      changes: sampleDeclarationChanges,
      verdict: { verdict: 'fail', headline: failing.headline, gates: failing.gates },
    },
  });
}

/** A binary classifier that fails, and one of three classes that cannot be decided. */
export function classifierReports(): Record<'binary' | 'multiclass', PullRequestReport> {
  return {
    binary: sampleReport({
      evaluation: sampleBinary(),
      training: sampleTraining({ metric: 'roc-auc' }),
      data: sampleDataChanges({ classes: { added: ['maybe'], gone: [] } }),
    }),
    multiclass: sampleReport({ evaluation: sampleMulticlass() }),
  };
}

/** Every name, label and message is out for something. */
export function hostileReport(): PullRequestReport {
  let next = 0;
  const hostile = () => hostileTexts[next++ % hostileTexts.length]!;
  const report = loosenedReport();
  const failing = failingReport();
  return {
    ...withTexts({ ...report, evaluation: failing.evaluation }, (path, original) =>
      /\/(links|commit|path|file|effect)(\/|$)|sha256/.test(`${path}/${original}`) ? original : hostile(),
    ),
    links: report.links,
    origin: 'fork',
  };
}

/** As many gates and slices as nobody declares. */
export function largeReport(gates = 500, slices = 2000): PullRequestReport {
  const outcomes = ['pass', 'pass', 'pass', 'inconclusive', 'pass', 'fail'] as const;
  return failingReport({
    evaluation: sampleRegression({
      verdict: 'fail',
      gates: Array.from({ length: gates }, (_, index) =>
        sampleGate({ index, declared: `rmse at most ${index + 1}`, outcome: outcomes[index % 6]! }),
      ),
      slices: Array.from({ length: slices }, (_, i) =>
        sampleSlice([`column_${i % 40}`, `value ${i}`], 10 + (i % 90), [2.5 + (i % 7) / 10, 2.2, 3.3], {
          champion: 2.6,
        }),
      ),
    }),
  });
}
