import type { Evaluation } from '../../../metrics/evaluation/evaluation.ts';
import { sampleGate, sampleRegression } from '../../testing/sample-evaluation.ts';
import { sampleChampion, sampleMetric, sampleSlice } from '../../testing/sample-parts.ts';

/** Of a model that is worse than the champion. */
export function failingEvaluation(): Evaluation {
  const [, , gap, slice] = sampleRegression().gates;
  return sampleRegression({
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
        relative: { bound: 0.02, of: 3.083 },
        outcome: 'fail',
        message: 'The whole interval lies above the bound.',
      }),
      {
        ...gap!,
        outcome: 'inconclusive',
        doubt: 'beyond',
        means: 'warn',
        measured: 0.2537,
        low: 0.0871,
        high: 0.4211,
      },
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
      sampleSlice(['weight', 'below 2,400'], 31, [6.422, 5.113, 7.718], { champion: 3.613 }),
      sampleSlice(['weight', '2,400 to below 3,400'], 29, [2.611, 2.034, 3.203], { champion: 2.902 }),
      sampleSlice(['weight', '3400 and above'], 15, [1.893, 1.242, 2.531], { champion: 2.013 }),
      sampleSlice(['weight', 'missing'], 4, [5.204, 1.103, 8.931], { champion: 4.002 }),
    ],
  });
}
