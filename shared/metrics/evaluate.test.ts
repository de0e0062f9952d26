import { describe, expect, it } from 'vitest';
import { type LogEntry, recordingLogger } from '../platform/logger.ts';
import { evaluationSchema } from './evaluation/evaluation.ts';
import { naivePredictions } from './rows/baseline.ts';
import { joinPredictions } from './rows/joined-predictions.ts';
import { takePredictions } from './rows/subset.ts';
import { judgedFixtures, predictionsOfFixture } from './testing/read-fixture.ts';
import { judge, sampleBinary, sampleRegression, sampleValidate } from './testing/sample-predictions.ts';

const quick = sampleValidate({ bootstrap: { resamples: 100 } });

describe('an evaluation', () => {
  it.each(judgedFixtures())('of "$name" is whole, and the same again', (fixture) => {
    const predictions = predictionsOfFixture(fixture);
    const evaluation = judge({ predictions, validate: quick });
    // Through JSON, where NaN and infinities would become null.
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation);
    expect(judge({ predictions, validate: quick })).toEqual(evaluation);
    for (const metric of evaluation.metrics) {
      const expected = fixture.expected[metric.name];
      if (typeof expected === 'number') expect(metric.value).toBeCloseTo(expected, 6);
      else expect(metric.reason).toBeTypeOf('string');
    }
  });

  it.each(judgedFixtures().filter((fixture) => fixture.perClass))(
    'of "$name" has scikit-learn’s confusion matrix and scores by class',
    (fixture) => {
      const predictions = predictionsOfFixture(fixture);
      const { confusion, perClass } = judge({ predictions, validate: quick });
      expect(confusion).toEqual(fixture.confusion);
      for (const [k, scores] of perClass!.entries()) {
        expect(scores.rows).toBe(fixture.perClass!.rows[k]);
        // Where there is nothing to divide by, scikit-learn says 0 and warns; here it is undefined.
        expect(scores.precision ?? 0).toBeCloseTo(fixture.perClass!.precision[k]!, 12);
        expect(scores.recall ?? 0).toBeCloseTo(fixture.perClass!.recall[k]!, 12);
        expect(scores.f1 ?? 0).toBeCloseTo(fixture.perClass!.f1[k]!, 12);
      }
    },
  );

  it('has the primary metric first, then those chosen, then those of gates', () => {
    const validate = sampleValidate({ metrics: ['mae', 'r2'], gates: [{ metric: 'max-error', max: 9 }] });
    const { metrics, primary } = judge({ predictions: sampleRegression(), validate });
    expect(primary).toBe('rmse');
    expect(metrics.map(({ name }) => name)).toEqual(['rmse', 'mae', 'r2', 'max-error']);
  });

  it('judges labels without probabilities by accuracy first', () => {
    const { probabilities: _none, ...predictions } = sampleBinary();
    const { primary, metrics, calibration, roc } = judge({ predictions });
    expect(primary).toBe('accuracy');
    expect(metrics.find(({ name }) => name === 'brier')).toMatchObject({
      value: null,
      reason: 'the predictions have no probabilities',
    });
    expect([calibration, roc]).toEqual([undefined, undefined]);
  });

  it('knows the values on training rows, of the naive model and of the champion', () => {
    const predictions = sampleBinary(300);
    const target = {
      type: 'category',
      codes: Int32Array.from({ length: 10 }, (_, i) => Number(i > 6)),
      dictionary: ['no', 'yes'],
    } as const;
    const { metrics } = judge({
      predictions,
      train: sampleBinary(500, 4),
      baseline: naivePredictions(target, predictions),
      champion: { name: 'old', predictions: { ...sampleBinary(300, 1), actual: predictions.actual } },
    });
    const area = metrics.find(({ name }) => name === 'roc-auc')!;
    expect(area.baseline).toBe(0.5);
    expect(area.train!).toBeGreaterThan(area.value!);
    expect(area.champion!.gain.value).toBeCloseTo(area.value! - area.champion!.value!, 12);
  });

  it('refuses to compare with a champion of other classes, and warns', () => {
    const entries: LogEntry[] = [];
    const predictions = sampleBinary();
    const champion = { name: 'old', predictions: { ...predictions, classes: ['0', '1'] } };
    const evaluation = judge({ predictions, champion }, recordingLogger(entries));
    const reason = "its classes are 0, 1, this model's no, yes";
    expect(evaluation.champion).toEqual({ name: 'old', rows: 200, comparable: false, reason });
    expect(entries).toContainEqual({ level: 'warn', message: `old cannot be compared: ${reason}` });
  });

  it('of predictions that are not numbers says so in every metric and draws nothing', () => {
    const predictions = sampleRegression(20);
    predictions.predicted[3] = Number.NaN;
    const { metrics, scatter, residuals, uncertainty } = judge({ predictions });
    expect(new Set(metrics.map(({ reason }) => reason))).toEqual(
      new Set(['the predicted value of row 4 is NaN, not a finite number']),
    );
    expect([scatter, residuals, uncertainty]).toEqual([undefined, undefined, undefined]);
  });

  it.each([1, 2, 9])('of %d rows has values without intervals, and decides no gate', (rows) => {
    const gates = [{ metric: 'rmse', max: 100 }];
    const evaluation = judge({ predictions: sampleRegression(rows), validate: sampleValidate({ gates }) });
    expect(evaluation.metrics[0]).toMatchObject({
      value: expect.any(Number),
      low: null,
      high: null,
      reason: 'resampling so few rows says nothing',
    });
    expect(evaluation.gates[0]).toMatchObject({
      outcome: 'inconclusive',
      message: 'There is no interval: resampling so few rows says nothing.',
    });
    expect(evaluation.verdict).toBe('warn');
  });

  it('compares with the champion also on rows that filters dropped, and judges them nowhere else', () => {
    const predictions = sampleRegression(100);
    const rows = Uint32Array.from({ length: 60 }, (_, i) => i);
    const later = Int8Array.from({ length: 100 }, (_, row) => Number(row >= 60));
    const compared = joinPredictions(takePredictions(predictions, rows), sampleRegression(5, 1, 'dropped'));
    const evaluation = judge({
      predictions,
      champion: {
        name: 'old',
        rows,
        challenger: compared,
        predictions: joinPredictions(
          takePredictions(sampleRegression(100, 3), rows),
          sampleRegression(5, 3, 'dropped'),
        ),
      },
      slices: [{ name: 'later', column: { type: 'boolean', values: later } }],
    });
    expect(evaluation.rows).toBe(100);
    expect(evaluation.champion).toEqual({
      ...{ name: 'old', rows: 65, filtered: 5, comparable: true },
      // Its errors are smaller by far on these rows, and no resample says otherwise.
      better: { surely: true, confidence: 0.999 },
    });
    const { value, difference } = evaluation.metrics[0]!.champion!;
    const [ours] = judge({ predictions: compared }).metrics;
    expect(difference.value).toBeCloseTo(ours!.value! - value!, 12);
    expect(evaluation.slices.map(({ label, champion }) => [label, champion === undefined])).toEqual([
      ['false', false],
      ['true', true],
    ]);
  });

  it('of no rows is a mistake', () => {
    expect(() => judge({ predictions: sampleRegression(0) })).toThrow(
      'validate has nothing to judge: there are no rows with predictions',
    );
  });

  it('has no interval where resamples often lack a class', () => {
    const actual = Int32Array.from({ length: 40 }, (_, row) => Number(row === 0));
    const validate = sampleValidate({ bootstrap: { resamples: 300, method: 'percentile' } });
    const evaluation = judge({ predictions: { ...sampleBinary(40), actual }, validate });
    const area = evaluation.metrics.find(({ name }) => name === 'roc-auc')!;
    expect(area.value).toBeTypeOf('number');
    expect(area).toMatchObject({
      low: null,
      high: null,
      reason: expect.stringMatching(/^it is undefined in \d+ of 300 resamples$/),
    });
  });
});

describe('what charts are drawn from', () => {
  it('is at most 500 rows and the quantiles of the residuals', () => {
    const predictions = sampleRegression(2000);
    const { scatter, residuals, uncertainty } = judge({ predictions, validate: quick });
    expect(scatter).toHaveLength(500);
    // Of neighbours: near the rows' own values.
    const sorted = predictions.actual.toSorted();
    expect(scatter!.every(([value]) => value >= sorted[0]! && value <= sorted.at(-1)!)).toBe(true);
    expect(residuals!.quantiles).toEqual(residuals!.quantiles.toSorted((a, b) => a - b));
    expect(residuals!.quantiles[4]).toBeCloseTo(0, 1);
    // The middle 80 and 90 % of residuals that are about symmetric.
    const [, eighty, ninety] = uncertainty!.intervals;
    expect(eighty!.halfWidth).toBeCloseTo((residuals!.quantiles[6]! - residuals!.quantiles[2]!) / 2, 1);
    expect(ninety!.halfWidth).toBeCloseTo((residuals!.quantiles[7]! - residuals!.quantiles[1]!) / 2, 1);
    const few = judge({ predictions: sampleRegression(7), validate: quick });
    expect(few.uncertainty).toMatchObject({
      rows: 7,
      intervals: [{ level: 0.5 }, {}, {}, { halfWidth: null }],
    });
    expect(few.scatter).toHaveLength(7);
  });

  it('shows no row’s actual value, unless five rows have it', () => {
    const predictions = sampleRegression(83);
    const actual = predictions.actual.map((value, row) => (row < 12 ? 4 : value));
    const { scatter } = judge({ predictions: { ...predictions, actual }, validate: quick });
    const counts = Map.groupBy(scatter!, ([value]) => value);
    expect(Math.min(...[...counts.values()].map((points) => points.length))).toBeGreaterThanOrEqual(5);
    const own = new Set(actual);
    expect([...counts.keys()].filter((value) => own.has(value))).toEqual([4]);
    expect(judge({ predictions: sampleRegression(4), validate: quick }).scatter).toBeUndefined();
  });

  it('is a ROC curve of at most 200 points from corner to corner, whose area is near the metric', () => {
    const { roc, metrics } = judge({ predictions: sampleBinary(3000), validate: quick });
    expect(roc!.length).toBeLessThanOrEqual(200);
    expect([roc![0], roc!.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    let area = 0;
    for (const [i, [x, y]] of roc!.slice(1).entries()) {
      const [before, below] = roc![i]!;
      expect(x).toBeGreaterThanOrEqual(before);
      expect(y).toBeGreaterThanOrEqual(below);
      area += ((x - before) * (y + below)) / 2;
    }
    expect(area).toBeCloseTo(metrics.find(({ name }) => name === 'roc-auc')!.value!, 2);
  });

  it('is a ROC curve without the points on its straight parts', () => {
    const probabilities = Float64Array.of(0.1, 0.9, 0.2, 0.8, 0.7, 0.3, 0.6, 0.4);
    const predictions = {
      ...({ task: 'binary', classes: ['no', 'yes'] } as const),
      actual: Int32Array.of(1, 1, 0, 0),
      predicted: Int32Array.of(1, 1, 0, 0),
      probabilities,
    };
    expect(judge({ predictions, validate: quick }).roc).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it('is the calibration in the bins that hold rows', () => {
    const predictions = sampleBinary(1000);
    const { calibration } = judge({ predictions, validate: quick });
    expect(calibration!.reduce((sum, bin) => sum + bin.rows, 0)).toBe(1000);
    for (const bin of calibration!) {
      expect(bin.observed).toBeGreaterThanOrEqual(0);
      expect(bin.observed).toBeLessThanOrEqual(1);
    }
  });
});

describe('the naive baseline', () => {
  it('is the training mean', () => {
    const training = { type: 'number', values: Float64Array.of(1, 2, Number.NaN, 6) } as const;
    const naive = naivePredictions(training, sampleRegression(3));
    expect([...naive.predicted]).toEqual([3, 3, 3]);
  });

  it('is the training classes’ shares, whatever the labels’ type', () => {
    const like = { ...sampleBinary(2), classes: ['0', '1'] };
    const numbers = { type: 'number', values: Float64Array.of(0, 1, 1, 1) } as const;
    expect(naivePredictions(numbers, like)).toMatchObject({
      predicted: Int32Array.of(1, 1),
      probabilities: Float64Array.of(0.25, 0.75, 0.25, 0.75),
    });
    const truth = { type: 'boolean', values: Int8Array.of(0, 0, 1, -1, 0) } as const;
    const naive = naivePredictions(truth, { ...like, classes: ['false', 'true'] });
    expect(naive).toMatchObject({ probabilities: Float64Array.of(0.75, 0.25, 0.75, 0.25) });
  });

  it('needs a known target', () => {
    const training = { type: 'number', values: Float64Array.of(Number.NaN) } as const;
    expect(() => naivePredictions(training, sampleRegression(3))).toThrow('none has a known target');
    expect(() => naivePredictions(training, sampleBinary(3))).toThrow('none has a known target');
  });
});
