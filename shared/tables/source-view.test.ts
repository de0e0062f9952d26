import { describe, expect, it } from 'vitest';
import type { Lock } from '../config/lock/lock.ts';
import { columnsBehind } from './column-trail.ts';
import { sourceView } from './source-view.ts';
import { type StepsTest, stepsConfig } from './testing/steps-helpers.ts';

const test: StepsTest = {
  sources: { orders: {}, customers: {}, more: {} },
  facts: { customers: { types: { since: { type: 'date', format: 'dd.MM.yyyy' } } } },
  steps: [
    { union: 'more' },
    { rename: { plz: 'postcode', price: 'y' } },
    { join: { with: 'customers', on: { customer: 'id' }, columns: ['city', 'plz'], prefix: 'home_' } },
    { derive: { rate: 'd => d.y / 2' } },
    { select: { except: ['note'] } },
  ],
  config: {
    target: 'y',
    features: { postcode: { type: 'category' }, home_plz: { type: 'category' }, rate: { type: 'number' } },
    prepare: { exclude: ['home_city'] },
  },
};
const config = stepsConfig(test);

describe('columnsBehind', () => {
  const behind = (name: string) =>
    columnsBehind(name, config.data).map(({ source, name: own }) => `${source}.${own}`);

  it('follows a finished column back through joins, unions and new names', () => {
    expect(behind('postcode')).toEqual(['orders.plz', 'more.plz']);
    expect(behind('home_plz')).toEqual(['customers.plz']);
    expect(behind('customer')).toEqual(['orders.customer', 'more.customer']);
  });

  it('finds none of what a step made, dropped or called otherwise', () => {
    expect(behind('rate')).toEqual([]);
    expect(behind('note')).toEqual([]);
    expect(behind('plz')).toEqual([]);
  });

  it('goes through a group by its keys, and through a window by all but what it made', () => {
    const of = (step: StepsTest['steps'][number]) => stepsConfig({ sources: { a: {} }, steps: [step] }).data;
    const group = of({ group: { by: 'k', rollup: { n: 'count' } } });
    expect([columnsBehind('k', group).length, columnsBehind('x', group).length]).toEqual([1, 0]);
    const window = of({ group: { by: 'k', time: 't', window: 3, rollup: { n: 'count' } } });
    expect([columnsBehind('x', window).length, columnsBehind('n', window).length]).toEqual([1, 0]);
  });
});

describe('sourceView', () => {
  const lock: Lock = {
    version: 2,
    data: {
      digest: `sha256:${'0'.repeat(64)}`,
      rows: 0,
      parts: [],
      sources: { customers: { rows: 0, digest: `sha256:${'0'.repeat(64)}`, types: { id: 'category' } } },
    },
    key: ['customer'],
    split: { seed: 1 },
    types: { postcode: 'category', y: 'number', home_city: 'category' },
    formats: { y: '1.234,5' },
  };

  it('says of a source’s columns what is declared of the finished ones that they become', () => {
    const orders = sourceView(config, lock, 'orders');
    expect(Object.entries(orders.config.features).map(([name, { type }]) => [name, type])).toEqual([
      ['plz', 'category'],
    ]);
    expect(orders.config.target).toBe('price');
    expect(orders.config.data.key).toEqual(['customer']);
    expect({ ...orders.lock?.types }).toEqual({ plz: 'category', price: 'number' });
    expect({ ...orders.lock?.formats }).toEqual({ price: '1.234,5' });
  });

  it('takes the types of a lookup from what it declares, and from what the lock froze of it', () => {
    const customers = sourceView(config, lock, 'customers');
    expect(
      Object.entries(customers.config.features).map(([name, { type, format }]) => [name, type, format]),
    ).toEqual([
      ['plz', 'category', undefined],
      ['since', 'date', 'dd.MM.yyyy'],
    ]);
    expect({ ...customers.lock?.types }).toEqual({ city: 'category', id: 'category' });
    expect(customers.config.prepare.exclude).toEqual(['city']);
    expect(customers.config.data.key).toEqual(['id']);
  });
});
