import { expect, test } from 'vitest';
import { configSchema } from '../../config/sections/schema.ts';
import { readOptionsFor } from './read-rules.ts';

const configOf = (more: object, task = 'regression') =>
  configSchema.parse({
    task,
    target: 'y',
    ...more,
    data: { source: { type: 'file', path: 'a.csv' }, key: ['id'], time: 'at', group: 'home' },
  });

test('columns are read as they are declared, and as the lock froze them', () => {
  const config = configOf({ features: { zip: { type: 'category' }, n: { type: 'number' }, t: {} } });
  const types = { zip: 'number', n: 'category', flag: 'boolean', x: 'number' } as const;
  const lock = {
    version: 1,
    data: { digest: '', rows: 1, parts: [] },
    key: ['k'],
    split: { seed: 1 },
    types,
  } as const;
  const rules = readOptionsFor(
    config,
    structuredClone(lock) as unknown as Parameters<typeof readOptionsFor>[1],
  );
  expect([...rules.textColumns].sort()).toEqual(['flag', 'zip']);
  expect([...rules.numberColumns].sort()).toEqual(['at', 'n', 'x', 'y']);
  expect([...rules.declaredColumns].sort()).toEqual(['n', 'zip']);
  expect(rules.namedColumns.has('k')).toBe(true);
});

test('columns that ciclo.yml mentions are named, those of expressions too; keys and groups are exact', () => {
  const derive = { ratio: 'd => d.index_a / d["index b"]', other: "d => d['index c']" };
  const { namedColumns, exactColumns } = readOptionsFor(
    configOf({ features: { f: {} }, prepare: { derive, exclude: ['e'] }, monitor: { key: ['m'] } }),
  );
  for (const name of ['y', 'id', 'at', 'home', 'f', 'e', 'm', 'index_a', 'index b', 'index c']) {
    expect([name, namedColumns.has(name)]).toEqual([name, true]);
  }
  expect(namedColumns.has('__index_level_0__')).toBe(false);
  expect([...exactColumns].sort()).toEqual(['home', 'id']);
});

test('a marker among the labels is refused unless ciclo.yml says what becomes of rows without a target', () => {
  expect(readOptionsFor(configOf({}, 'binary')).labels).toEqual({ column: 'y', classes: true, strict: true });
  const declared = configOf({ prepare: { 'missing-target': 'drop' } });
  expect(readOptionsFor(declared).labels).toEqual({ column: 'y', classes: false, strict: false });
});
