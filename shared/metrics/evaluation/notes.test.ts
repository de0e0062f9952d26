import { describe, expect, it } from 'vitest';
import { judge, sampleBinary, sampleRegression, sampleValidate } from '../testing/sample-predictions.ts';
import { notesOf } from './notes.ts';

/** Judges predictions of which so many of the positive rows, and no others, are predicted positive. */
function notes(predictedPositive: number, { labelsOnly = false } = {}) {
  const { probabilities, ...labels } = sampleBinary(400);
  const positives = [...labels.actual.keys()].filter((row) => labels.actual[row] === 1);
  const predicted = new Int32Array(400);
  for (const row of positives.slice(0, predictedPositive)) predicted[row] = 1;
  const predictions = { ...labels, predicted, ...(labelsOnly ? {} : { probabilities: probabilities! }) };
  return { positives: positives.length, notes: notesOf(judge({ predictions })) };
}

describe('the notes on an evaluation', () => {
  it('say that no row, or hardly one, is predicted positive', () => {
    const { positives, notes: none } = notes(0);
    expect(none).toEqual([
      `No row is predicted to be of the positive class "yes", while ${positives} of 400 rows are: a lower threshold than 0.5 finds more of them, as the scores by threshold show.`,
    ]);
    expect(notes(3).notes[0]).toContain('Hardly a row (3) is predicted');
    expect(notes(0, { labelsOnly: true }).notes[0]).toMatch(/rows are\.$/);
  });

  it('say that errors as shares of a target mean nothing where it is 0', () => {
    const { actual, ...others } = sampleRegression(100);
    const zeros = { ...others, actual: actual.map((value, row) => (row === 0 ? 0 : value)) };
    const validate = sampleValidate({ metrics: ['rmse', 'mape'] });
    expect(notesOf(judge({ predictions: zeros, validate }))).toEqual([
      'mape means nothing here: it divides errors by y, which is 0 or nearly so in some rows. smape stays bounded.',
    ]);
    expect(notesOf(judge({ predictions: { ...others, actual }, validate }))).toEqual([]);
  });

  it('say nothing of a model that finds some', () => {
    expect(notes(60).notes).toEqual([]);
  });
});
