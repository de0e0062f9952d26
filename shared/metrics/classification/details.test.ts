import { describe, expect, it } from 'vitest';
import { judgedRows } from '../rows/judged-rows.ts';
import { judgedFixtures, predictionsOfFixture } from '../testing/read-fixture.ts';
import { sampleBinary } from '../testing/sample-predictions.ts';
import { wilsonInterval } from './calibration-bins.ts';
import { classificationDetails } from './classification-details.ts';

const classifiers = judgedFixtures().filter(({ task }) => task !== 'regression');

function detailsOf(predictions: Parameters<typeof judgedRows>[0], champion?: typeof predictions) {
  const rows = judgedRows(predictions);
  if (rows.task === 'regression') throw new TypeError('a regression');
  return classificationDetails(rows, { confidence: 0.95, champion });
}

describe.each(classifiers.filter(({ task }) => task === 'binary'))('of $name', (fixture) => {
  const details = detailsOf(predictionsOfFixture(fixture));

  it('the scores by threshold are scikit-learn’s', () => {
    const table = details.thresholds!.map((row) => [
      row.threshold,
      row.predicted,
      row.precision,
      row.recall,
      row.specificity,
      row.f1,
    ]);
    expect(table).toEqual(
      fixture.byThreshold!.map((row) =>
        row.map((value) => (value === null ? null : expect.closeTo(value, 12))),
      ),
    );
  });

  it('the operating point is what the metrics say', () => {
    const { precision = null, recall = null, specificity = null, f1 = null } = fixture.expected;
    expect(details.operatingPoint).toMatchObject(
      Object.fromEntries(
        Object.entries({ precision, recall, specificity, f1 }).map(([name, value]) => [
          name,
          value === null ? null : expect.closeTo(value, 12),
        ]),
      ),
    );
  });

  it('the curves enclose scikit-learn’s areas', () => {
    const { 'roc-auc': area = null, 'average-precision': precision = null } = fixture.expected;
    if (area === null || precision === null) {
      expect(details.roc).toBeUndefined();
      return;
    }
    // Of more than 200 points some are left out.
    const places = fixture.actual.length > 250 ? 2 : 12;
    expect(trapezoids(details.roc!)).toBeCloseTo(area, places);
    expect(steps(details.precisionRecall!)).toBeCloseTo(precision, places);
  });
});

describe('the scores by threshold', () => {
  it('count the rows that reach each one, also those that lie on it or beside it by the last bit', () => {
    const said = Array.from({ length: 21 }, (_, i) => [i / 20, i / 20 - 1e-16, i / 20 + 1e-16, i * 0.05])
      .flat()
      .map((p) => Math.min(1, Math.max(0, p)));
    const details = detailsOf({
      task: 'binary',
      classes: ['no', 'yes'],
      actual: Int32Array.from(said, (_, row) => row % 2),
      predicted: Int32Array.from(said, (p) => Number(p >= 0.5)),
      probabilities: Float64Array.from(said.flatMap((p) => [1 - p, p])),
    });
    for (const { threshold, predicted, recall } of details.thresholds!) {
      const reached = [...said.entries()].filter(([, p]) => p >= threshold);
      expect(predicted).toBe(reached.length);
      expect(recall).toBe(reached.filter(([row]) => row % 2 === 1).length / (said.length / 2));
    }
  });
});

function trapezoids(points: readonly (readonly [number, number])[]): number {
  return points.slice(1).reduce((sum, [x, y], i) => sum + ((x - points[i]![0]) * (y + points[i]![1])) / 2, 0);
}

function steps(points: readonly (readonly [number, number])[]): number {
  return points.reduce((sum, [x, y], i) => sum + (x - (points[i - 1]?.[0] ?? 0)) * y, 0);
}

describe('of several classes', () => {
  it('the mean of the areas of each class against the rest is the metric', () => {
    const fixture = classifiers.find(({ name }) => name === 'four classes, imbalanced')!;
    const { oneAgainstRest = [] } = detailsOf(predictionsOfFixture(fixture));
    expect(oneAgainstRest.map((entry) => entry.class)).toEqual(fixture.classes);
    const mean = (of: (entry: (typeof oneAgainstRest)[number]) => number) =>
      oneAgainstRest.reduce((sum, entry) => sum + of(entry) / oneAgainstRest.length, 0);
    expect(mean(({ rocAuc }) => rocAuc)).toBeCloseTo(fixture.expected['roc-auc']!, 12);
    expect(mean(({ averagePrecision }) => averagePrecision)).toBeCloseTo(
      fixture.expected['average-precision']!,
      12,
    );
    expect(mean(({ roc }) => trapezoids(roc))).toBeCloseTo(fixture.expected['roc-auc']!, 2);
  });
});

describe('the champion', () => {
  it('has its own curves, of the class that is positive today', () => {
    const own = { ...sampleBinary(200), positive: 'no' };
    const theirs = sampleBinary(200, 3);
    const { championCurves } = detailsOf(own, theirs);
    expect(championCurves).toEqual({
      roc: detailsOf({ ...theirs, positive: 'no' }).roc,
      precisionRecall: detailsOf({ ...theirs, positive: 'no' }).precisionRecall,
    });
  });
});

describe('calibration', () => {
  it.each([1, 24, 60, 1000, 1013])('has bins of enough rows, of %i in all', (count) => {
    const { calibration = [] } = detailsOf(sampleBinary(count));
    expect(calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(count);
    expect(calibration.length).toBeLessThanOrEqual(10);
    if (count >= 250) expect(calibration).toHaveLength(10);
    for (const { rows, low = 1, high = 0, observed } of calibration) {
      expect(rows).toBeGreaterThanOrEqual(Math.min(count, 25));
      expect(low).toBeLessThanOrEqual(observed);
      expect(high).toBeGreaterThanOrEqual(observed);
    }
  });

  it('keeps equal probabilities together', () => {
    const predictions = sampleBinary(500);
    const rounded = predictions.probabilities!.map((_, i) => {
      const second = Math.round(predictions.probabilities![i | 1]! * 5) / 5;
      return i % 2 === 1 ? second : 1 - second;
    });
    const { calibration = [] } = detailsOf({ ...predictions, probabilities: rounded });
    expect(calibration.length).toBeLessThanOrEqual(6);
  });

  // statsmodels 0.14: proportion_confint(hits, rows, alpha=0.05, method="wilson").
  it.each([
    [8, 10, 0.49016247153664183, 0.9433178485456247],
    [0, 20, 0, 0.1611251580528194],
    [20, 20, 0.8388748419471804, 1],
  ])('has the interval of %i of %i', (hits, rows, low, high) => {
    const interval = wilsonInterval(hits, rows, 0.95);
    expect(interval.low).toBeCloseTo(low, 9);
    expect(interval.high).toBeCloseTo(high, 9);
  });
});
