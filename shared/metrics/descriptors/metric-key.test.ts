import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricNames } from './descriptors.ts';
import { descriptorOfKey, metricKey, parseMetricKey } from './metric-key.ts';

describe('the key of a metric', () => {
  it('is its name or, of a family, the name with the number', () => {
    expect(metricKey('rmse')).toBe('rmse');
    expect(metricKey({ metric: 'recall' })).toBe('recall');
    expect(metricKey({ metric: 'f-beta', beta: 0.5 })).toBe('f-beta(0.5)');
    expect(metricKey('f-beta')).toBe('f-beta(2)');
  });

  it('reads back as what was chosen', () => {
    const choice = fc.record({
      metric: fc.constantFrom(...metricNames),
      beta: fc.double({ min: Number.MIN_VALUE, max: 1000, noNaN: true }),
    });
    fc.assert(
      fc.property(choice, ({ metric, beta }) => {
        const { descriptor, parameter } = parseMetricKey(metricKey({ metric, beta }))!;
        expect(descriptor.name).toBe(metric);
        expect(parameter).toBe(descriptor.parameter === undefined ? undefined : beta);
      }),
    );
  });

  it('is nothing when another version wrote it', () => {
    for (const key of ['rmse(2)', 'f-beta(x)', 'f-beta()', 'toString', '']) {
      expect(parseMetricKey(key), key).toBeUndefined();
    }
  });

  it('says the number in the title', () => {
    expect(descriptorOfKey('f-beta(0.5)')?.title).toBe('F-beta of the positive class (beta 0.5)');
    expect(descriptorOfKey('f1')?.title).toBe('F1 of the positive class');
  });
});
