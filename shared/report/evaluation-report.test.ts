import { describe, expect, test, vi } from 'vitest';
import { renderEvaluationReport } from './evaluation-report.ts';
import { elementsOf, readableText, textOf } from './testing/page-structure.ts';
import { sampleBinary, sampleMulticlass } from './testing/sample-classifiers.ts';
import { sampleGate, sampleMinimal, sampleRegression } from './testing/sample-evaluation.ts';
import { sampleCandidate, sampleSlice } from './testing/sample-parts.ts';
import {
  sampleBlend,
  sampleQuality,
  sampleSchema,
  sampleSearch,
  sampleTraining,
} from './testing/sample-training.ts';

function headings(page: string): string[] {
  return elementsOf(page)
    .filter(({ tagName }) => tagName === 'h2')
    .map(textOf);
}

describe('what the report says', () => {
  test('is only about what is there', async () => {
    const page = await renderEvaluationReport({ evaluation: sampleMinimal() });
    expect(headings(page).slice(1)).toEqual([
      'Gates',
      'Metrics',
      'Predicted against actual',
      'Provenance',
      'Glossary',
    ]);
    expect(readableText(page)).toContain('No gates are declared');
    expect(readableText(page)).toContain(
      'npx ciclo validate --predictions predictions.csv --task regression',
    );
  });

  test('says of a blend what it is made of, and what each part is worth', async () => {
    const page = readableText(
      await renderEvaluationReport({
        evaluation: sampleRegression(),
        training: sampleTraining({ blend: sampleBlend() }),
      }),
    );
    expect(page).toContain('the model is a blend: a neural network 70% and a linear model 30%');
    expect(page).toContain('Parts of the blend');
    expect(page).toContain(
      'The blend scores rmse 2.61 on the validation rows, which said when to end the training of its models',
    );
    expect(page).not.toContain('was chosen');
  });

  test('says what a search tried, kept and bought', async () => {
    const page = readableText(
      await renderEvaluationReport({
        evaluation: sampleRegression(),
        training: sampleTraining({ search: sampleSearch() }),
      }),
    );
    expect(page).toContain(
      'Search: 4 settings were tried in 7 trainings: rmse 2.61, and 2.79 with every candidate as it is declared.',
    );
    expect(page).toContain('neural-network2layers: [64], dropout: 0.254 of 52.79 → 2.61 (−6.5%)');
    expect(page).toContain('layers: [128, 64], dropout: 0.12522.4 → 3 (+25%)');
    expect(page).not.toContain('Settings of linear');
  });

  test('says that a candidate converged, and not that all epochs were done', async () => {
    const training = sampleTraining();
    const candidates = training.candidates.map((one) => ({ ...one, stopped: 'converged' as const }));
    const page = readableText(
      await renderEvaluationReport({ evaluation: sampleRegression(), training: { ...training, candidates } }),
    );
    expect(page).toContain('converged');
    expect(page).not.toContain('all epochs done');
  });

  test('calls what each kind of candidate was trained for by its own word, and explains those words alone', async () => {
    const shape = { epochs: 12, best: 9, floor: 0.1, validation: 2 };
    const candidates = [
      sampleCandidate('trees', shape, { type: 'boosted-trees', stopped: 'epochs' }),
      sampleCandidate('linear', shape, { type: 'linear', options: { solver: 'newton', l2: 0 } }),
    ];
    const training = sampleTraining({ candidates, chosen: 'trees' });
    const page = readableText(await renderEvaluationReport({ evaluation: sampleRegression(), training }));
    for (const text of ['12 rounds', 'all rounds done', 'best: round 9', '12 steps', 'round or step']) {
      expect(page).toContain(text);
    }
    expect(page).toContain('Loss by round; the lower, the better');
    expect(page).toContain('One more tree');
    expect(page).not.toMatch(/epoch/i);
  });

  test('says which penalty a linear model was kept with, and what penalties are', async () => {
    const shape = { epochs: 3, best: 2, floor: 0.1, validation: 2 };
    const options = { solver: 'newton', l2: 'auto' };
    const sample = sampleCandidate('ridge', shape, { type: 'linear', stopped: 'epochs', options });
    const history = sample.history.map(({ epoch, loss, validationLoss }) => ({
      ...{ epoch, loss, validationLoss },
      penalty: { alpha: 10 ** (4 - epoch) },
    }));
    const training = sampleTraining({ candidates: [{ ...sample, history }], chosen: 'ridge' });
    const page = readableText(await renderEvaluationReport({ evaluation: sampleRegression(), training }));
    for (const text of [
      ...['3 penalties', 'all penalties tried', 'best: penalty 2', 'from the strongest to the weakest'],
      'ridge: penalty α 100 on the squared weights of standardised inputs, chosen among 3 from 1,000 to 10 (the larger, the stronger).',
      'What large weights cost a linear model',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/epoch/i);
  });

  test('draws slices of a share on a scale that ends at 1', async () => {
    const slice = sampleSlice(['size', 'large'], 40, [0.9, 0.6, 1], { metric: 'recall' });
    const evaluation = { ...sampleBinary(), slices: [slice] };
    const [scale] = elementsOf(await renderEvaluationReport({ evaluation })).filter((element) =>
      element.attrs.some(({ name, value }) => name === 'class' && value === 'scale'),
    );
    expect(textOf(scale!)).toMatch(/ to 1$/);
  });

  test('calls an undefined metric undefined and says why', async () => {
    const page = await renderEvaluationReport({
      evaluation: sampleMinimal({
        primary: 'r2',
        scatter: [],
      }),
    });
    expect(readableText(page).match(/undefined: every actual value is the same/g)).toHaveLength(2);
  });

  test('is that a champion cannot be compared, with the reason', async () => {
    const metrics = sampleRegression().metrics.map(({ champion: _champion, ...metric }) => metric);
    const page = await renderEvaluationReport({
      evaluation: sampleRegression({
        metrics,
        champion: {
          name: 'fuel@v1.2.0',
          rows: 3,
          comparable: false,
          reason: 'only 3 rows are unseen by both.',
        },
      }),
    });
    expect(readableText(page)).toContain('not comparable: only 3 rows are unseen by both.');
  });

  test('is the worst gate first', async () => {
    const page = await renderEvaluationReport({
      evaluation: sampleRegression({
        gates: [
          sampleGate({ index: 0, declared: 'gate A', outcome: 'pass' }),
          sampleGate({ index: 1, declared: 'gate B', outcome: 'fail' }),
          sampleGate({ index: 2, declared: 'gate C', outcome: 'inconclusive' }),
        ],
      }),
    });
    const text = readableText(page);
    expect(text.indexOf('gate B')).toBeLessThan(text.indexOf('gate C'));
    expect(text.indexOf('gate C')).toBeLessThan(text.indexOf('gate A'));
  });

  test('is the worst slice first, and those with too few rows last', async () => {
    const slices = [
      sampleSlice(['origin', 'good'], 50, [1, 0.5, 2]),
      sampleSlice(['origin', 'tiny'], 3, [99, 1, 200]),
      sampleSlice(['origin', 'bad'], 50, [9, 8, 10]),
    ];
    const text = readableText(await renderEvaluationReport({ evaluation: sampleRegression({ slices }) }));
    const places = ['bad', 'good', 'tiny'].map((label) => text.indexOf(label, text.indexOf('By origin')));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('tinytoo few rows to judge');
  });

  test('names the chosen candidate, its best epoch and what the trainer noticed', async () => {
    const text = readableText(
      await renderEvaluationReport({
        evaluation: sampleRegression(),
        training: sampleTraining({ warnings: ['the target hardly varies'] }),
      }),
    );
    expect(text).toContain('best: epoch 77');
    expect(text).toContain('neural-network chosen');
    expect(text).toContain('the target hardly varies');
  });
});

describe('the report of a classifier', () => {
  const textOfReport = async (evaluation: ReturnType<typeof sampleBinary>) =>
    readableText(await renderEvaluationReport({ evaluation }));

  test('says the positive class, and its scores at every threshold and at the operating point', async () => {
    const text = await textOfReport(sampleBinary());
    expect(text).toContain('Positive class: yes');
    expect(text).toContain('0.50 operating point0.6330.5030.8950.56045221%');
    expect(text).toContain('0.950.935');
  });

  test('has the curves of each class, and no threshold where there are several', async () => {
    const text = await textOfReport(sampleMulticlass());
    expect(text).toContain('versicolor: ROC curve');
    expect(text).toContain('setosa: precision and recall');
    expect(text).not.toContain('By threshold');
    expect(text).not.toContain('Positive class');
  });

  test('says that no row is predicted positive, and that a model is not compared with itself', async () => {
    const champion = { name: 'churn@v3', rows: 2148, comparable: true, same: true } as const;
    const confusion = [
      [1579, 0],
      [569, 0],
    ];
    const text = await textOfReport(sampleBinary({ champion, confusion }));
    expect(text).toContain(
      'No row is predicted to be of the positive class "yes", while 569 of 2,148 rows are',
    );
    expect(text).toContain('the same model as in production');
  });
});

describe('drawing', () => {
  test('follows the steps of a ROC curve in their order', async () => {
    const steps: [number, number][] = [
      [0, 0],
      [0, 0.5],
      [0, 0.25],
      [0.5, 0.75],
      [0.5, 0.5],
      [1, 1],
    ];
    const page = await renderEvaluationReport({ evaluation: sampleBinary({ roc: steps, calibration: [] }) });
    const line = /d="M(0,300L[^"]*)"[^>]*stroke-width="2"/.exec(page)?.[1];
    expect(line?.split('L')).toEqual(steps.map(([x, y]) => `${x * 300},${300 - y * 300}`));
  });

  test('writes nothing to the console', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const candidates = [
      sampleCandidate('a', { epochs: 300, best: 280, floor: 0.001, validation: 1 }),
      sampleCandidate('b', { epochs: 3, best: 2, floor: 0.2, validation: 2 }),
    ];
    const page = await renderEvaluationReport({
      evaluation: sampleRegression(),
      training: sampleTraining({ candidates, chosen: 'a' }),
    });
    expect(page).toContain('loss (logarithmic scale)');
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe('extremes', () => {
  test('a very large evaluation stays under 500 KB and says what it leaves out', async () => {
    const classes = Array.from({ length: 300 }, (_, i) => `class ${i} ${'"'.repeat(100)}`);
    const training = sampleTraining({
      candidates: Array.from({ length: 80 }, (_, i) =>
        sampleCandidate(`candidate ${i}`, { epochs: 5000, best: 4000, floor: 0.1, validation: 1 }),
      ),
      chosen: 'candidate 3',
      importance: Array.from({ length: 3000 }, (_, i) => ({
        feature: `${'"'.repeat(100)} ${i}`,
        mean: i,
        deviation: 1,
      })),
    });
    const [column] = sampleQuality().columns;
    const [change] = sampleQuality().changes;
    const [check] = sampleQuality().checks;
    const many = <T>(item: T): T[] => Array.from({ length: 3000 }, () => item);
    const page = await renderEvaluationReport({
      evaluation: sampleMulticlass({
        classes,
        confusion: classes.map((_, i) => classes.map((__, j) => (i === j ? 40 + i : (i * j) % 3))),
        perClass: classes.map((name) => ({ class: name, rows: 40, precision: 0.5, recall: 0.5, f1: 0.5 })),
        gates: many(sampleGate({ message: '"'.repeat(5000) })),
        slices: Array.from({ length: 9000 }, (_, i) =>
          sampleSlice([`column ${i % 300}`, `slice ${i} ${'"'.repeat(200)}`], 50, [1, 0.5, 2]),
        ),
        scatter: Array.from({ length: 500 }, (_, i): [number, number] => [i * 1.234567, i * 1.345678]),
      }),
      training,
      quality: sampleQuality({
        columns: many(column!),
        changes: many(change!),
        checks: many({ ...check!, status: 'warn' }),
        correlations: {
          ...sampleQuality().correlations,
          target: many({ feature: '"'.repeat(5000), rows: 242, rho: 0.5 }),
          pairs: Array(50).fill({ features: ['"'.repeat(5000), '&'.repeat(5000)], rows: 242, rho: 0.95 }),
        },
      }),
      schema: sampleSchema(),
    });
    expect(Buffer.byteLength(page)).toBeLessThan(500_000);
    expect(readableText(page)).toMatch(/\d+ more features are in training\.json/);
  });

  test.each([
    [
      'one row',
      sampleRegression({ rows: 1, scatter: [[3, 3]], residuals: { probabilities: [0.5], quantiles: [0] } }),
    ],
    [
      'equal values',
      sampleRegression({ scatter: Array.from({ length: 5 }, () => [7, 7] as [number, number]) }),
    ],
    [
      'huge numbers',
      sampleRegression({
        scatter: [
          [1e300, -1e300],
          [0, 1e-300],
        ],
      }),
    ],
    [
      'one class',
      sampleMulticlass({
        classes: ['only'],
        confusion: [[0]],
        perClass: [{ class: 'only', rows: 0, precision: null, recall: null, f1: null }],
      }),
    ],
    ['no metrics', sampleRegression({ metrics: [], slices: [] })],
    ['empty calibration', sampleMulticlass({ task: 'binary', calibration: [], roc: [] })],
  ])('%s is drawn without NaN', async (_name, evaluation) => {
    const page = await renderEvaluationReport({ evaluation });
    expect(page).not.toMatch(/NaN|Infinity/);
  });

  test('a training without epochs has no curve but a table', async () => {
    const candidates = sampleTraining().candidates.map((candidate) => ({
      ...candidate,
      history: [],
      epochs: 0,
    }));
    const page = await renderEvaluationReport({
      evaluation: sampleRegression(),
      training: sampleTraining({ candidates }),
    });
    expect(headings(page)).toContain('Learning');
    expect(page).not.toContain('Learning curve of');
  });
});
