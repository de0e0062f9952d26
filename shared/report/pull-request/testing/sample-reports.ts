import type { DeclarationChange } from '../../../config/declaration/declaration-changes.ts';
import { sampleBinary, sampleMulticlass } from '../../testing/sample-classifiers.ts';
import { sampleGate, sampleRegression } from '../../testing/sample-evaluation.ts';
import { withTexts } from '../../testing/sample-inputs.ts';
import { sampleChampion, sampleMetric, sampleSlice } from '../../testing/sample-parts.ts';
import { sampleQuality, sampleSchema, sampleTraining } from '../../testing/sample-training.ts';
import type { PullRequestReport } from '../pull-request-report.ts';
import { failingEvaluation } from './failing-evaluation.ts';
import { hostileTexts } from './hostile-texts.ts';
import { sampleDataChanges } from './sample-data-changes.ts';

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
  return sampleReport({ evaluation: failingEvaluation(), ...overrides });
}

/** A pull request whose gates cannot be decided for lack of rows. */
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
        doubt: 'within',
        means: 'warn',
        measured: -0.092,
        low: -0.331,
        high: 0.148,
        message:
          'The interval reaches across the bound, so 79 rows cannot tell; the value itself is within the bound.',
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
      agreement: {
        state: 'awaited',
        why: ['the approval by maria is of 6b1d2f30, not of 0f3a9c2e'],
        stops: true,
      },
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
      /\/(links|commit|path|file|effect|state)(\/|$)|sha256/.test(`${path}/${original}`)
        ? original
        : hostile(),
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
