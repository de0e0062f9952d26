import { expect, test } from 'vitest';
import { sampleRegression } from '../../shared/report/testing/sample-evaluation.ts';
import { validateJsonSchema } from './json-evaluation.ts';
import { validateJson } from './json-results.ts';

test('an evaluation of rows in folds is printed whole: how it was judged, and what the champion was compared by', () => {
  const sample = sampleRegression();
  const outOfFold = { folds: 5, inputsPerRow: 0.05, factor: 1.11, promised: true };
  const champion = { ...sample.champion!, by: 'out-of-fold', edited: 3 } as const;
  const printed = validateJsonSchema.parse(validateJson({ ...sample, outOfFold, champion }, {}));
  expect(printed).toMatchObject({ outOfFold, champion });
});
