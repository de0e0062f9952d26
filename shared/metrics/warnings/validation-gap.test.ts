import { describe, expect, it } from 'vitest';
import { judge, numbersOff } from '../testing/sample-predictions.ts';

describe('validation rows', () => {
  it('that are far from the test rows are told', () => {
    const { warnings } = judge({ validation: numbersOff(0.3, 300), predictions: numbersOff(0.9, 300, 2) });
    expect(warnings).toMatchObject([{ kind: 'validation-gap' }]);
    expect(warnings![0]!.message).toMatch(/^rmse is 0\.\d+ \(.*\) on the validation rows and 0\.\d+ \(/);
  });

  it('that are alike are not, and the evaluation has no key for it', () => {
    const judged = judge({ validation: numbersOff(0.5, 300), predictions: numbersOff(0.5, 300, 2) });
    expect(judged).not.toHaveProperty('warnings');
  });
});
