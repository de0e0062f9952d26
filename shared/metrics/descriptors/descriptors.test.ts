import { describe, expect, it } from 'vitest';
import { tasks } from './descriptor.ts';
import {
  defaultPrimary,
  descriptorOf,
  findDescriptor,
  metricDescriptors,
  metricNames,
  metricsOf,
  unitIn,
  usualMetrics,
} from './descriptors.ts';

describe('the descriptors', () => {
  it('have each name once', () => {
    expect(new Set(metricNames).size).toBe(metricNames.length);
  });

  it.each(metricDescriptors)(
    '$name reads what its tasks have, and has words, a formula and a source',
    (metric) => {
      expect(metric.tasks.includes('regression')).toBe(metric.reads === 'numbers');
      if (metric.of === 'positive-class') expect(metric.tasks).toEqual(['binary']);
      expect(metric.limits.low).toBeLessThan(metric.limits.high);
      expect(metric.title).toMatch(/\S/);
      expect(metric.meaning).toMatch(/\.$/);
      expect(metric.formula).toMatch(/\S/);
      expect(metric.source).toMatch(/scikit-learn|\d{4}/);
    },
  );

  it('name one primary metric for each kind of predictions', () => {
    for (const task of tasks) {
      const primaries = metricDescriptors.filter(
        (metric) => metric.primary === true && metric.tasks.includes(task),
      );
      expect(primaries.map(({ reads }) => reads).toSorted()).toEqual(
        task === 'regression' ? ['numbers'] : ['labels', 'probabilities'],
      );
    }
  });

  it('are found by a name from a file, unless this version does not know it', () => {
    expect(findDescriptor('rmse')).toBe(descriptorOf('rmse'));
    expect(findDescriptor('toString')).toBeUndefined();
  });
});

describe('what a task is judged by', () => {
  it('is the metrics of numbers, or of classes', () => {
    expect(metricsOf('regression')).toContain('rmse');
    expect(metricsOf('regression')).not.toContain('accuracy');
    const ofAllClasses = metricsOf('binary').filter((name) => descriptorOf(name).of === undefined);
    expect(ofAllClasses).toEqual(metricsOf('multiclass'));
  });

  it('is computed without being asked for, unless a number says which of a family', () => {
    expect(usualMetrics('regression')).toEqual(metricsOf('regression'));
    expect(metricsOf('binary').filter((name) => !usualMetrics('binary').includes(name))).toEqual([
      'f-beta',
      'cost',
    ]);
  });

  it('is first of all rmse, log-loss or, of labels without probabilities, accuracy', () => {
    expect(defaultPrimary('regression')).toBe('rmse');
    expect(defaultPrimary('binary')).toBe('log-loss');
    expect(defaultPrimary('multiclass', 'labels')).toBe('accuracy');
    expect(defaultPrimary('regression', 'labels')).toBe('rmse');
  });
});

describe('the unit of a metric', () => {
  it('is the target’s, its square, or none', () => {
    expect(unitIn('target', 'mpg')).toBe('mpg');
    expect(unitIn('target-squared', 'mpg')).toBe('mpg²');
    expect(unitIn('share', 'mpg')).toBeUndefined();
    expect(unitIn('target', undefined)).toBeUndefined();
  });
});
