import { describe, expect, test } from 'vitest';
import { html } from '../markup/html.ts';
import { readableText } from '../testing/page-structure.ts';
import { sampleQuality } from '../testing/sample-training.ts';
import { correlationsMarkup } from './quality-correlations.ts';

type Correlations = ReturnType<typeof sampleQuality>['correlations'];

function textOf(overrides: Partial<Correlations>, most = (limit: number): number => limit): string {
  const correlations = { ...sampleQuality().correlations, ...overrides };
  const page = html`${correlationsMarkup(correlations, { target: 'mpg', train: 242 }, most)}`;
  return readableText(`${page}`).replace(/\s+/g, ' ');
}

const pair = (rho: number): Correlations['pairs'][number] => ({ features: ['a', 'b'], rows: 242, rho });

describe('rank correlations in the report', () => {
  test('are of each feature with the target and of the pairs, with the rows they are of', () => {
    const text = textOf({});
    expect(text).toContain('on the 242 training rows:');
    expect(text).toContain('Each feature with mpg, strongest first');
    expect(text).toMatch(/displacement−0\.91 weight−0\.88 horsepower−0\.85 year0\.57/);
    expect(text).toMatch(/weight and horsepower0\.88/);
    expect(textOf({ nearDuplicates: 0 })).not.toContain('nearly the same');
  });

  test('say how many rows and features they are of, where not of all', () => {
    const text = textOf({ rows: 200, features: 73, compared: 50 });
    expect(text).toContain('on 200 of the 242 training rows, drawn evenly');
    expect(text).toContain('the strongest pairs among 50 of 73 features');
  });

  test('remark on features that are nearly redundant', () => {
    expect(textOf({ nearDuplicates: 1, pairs: [pair(-0.93)] })).toContain(
      'One pair of features is nearly redundant, a and b (−0.93).',
    );
    expect(textOf({ nearDuplicates: 1, pairs: [pair(-0.99999)] })).toContain('a and b (−0.9999).');
    expect(textOf({ nearDuplicates: 4, pairs: [pair(0.99967)] })).toContain(
      '4 pairs of features are nearly redundant (0.9 or more, either way), most of all a and b (0.9997).',
    );
  });

  test('point to quality.json for the others', () => {
    expect(textOf({ pairs: Array(12).fill(pair(0.5)) })).toContain('2 more pairs are in quality.json.');
  });

  test('are left out where there are none', () => {
    expect(textOf({ target: [], pairs: [] })).toBe('');
  });

  test('are only of pairs for several classes', () => {
    const { target: _target, ...rest } = sampleQuality().correlations;
    const page = html`${correlationsMarkup(rest, { target: 'origin', train: 242 }, (limit) => limit)}`;
    expect(readableText(`${page}`)).not.toContain('Each feature with');
  });
});
