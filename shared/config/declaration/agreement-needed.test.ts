import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lock, lockSchema } from '../lock/lock.ts';
import { type Config, type ConfigInput, configSchema } from '../sections/schema.ts';
import { configInput } from '../testing/config-arbitrary.ts';
import { declarationChanges, needsAgreement } from './declaration-changes.ts';
import { lockChanges } from './declaration-changes-lock.ts';

const smallest: ConfigInput = {
  task: 'regression',
  target: 'mpg',
  data: { source: { type: 'file', path: 'data/*.csv' } },
};

const parsed = (part: Partial<ConfigInput>): Config => configSchema.parse({ ...smallest, ...part });
const between = (base: Config, head: Config) => declarationChanges({ config: base }, { config: head });
const isLooser = (base: Config, head: Config): boolean => between(base, head).some(needsAgreement);
const gates = (...list: NonNullable<NonNullable<ConfigInput['validate']>['gates']>) => ({
  validate: { gates: list },
});

describe('needs somebody who agrees:', () => {
  test.each<[string, Partial<ConfigInput>, Partial<ConfigInput>]>([
    ['a gate that is removed', gates({ metric: 'rmse', max: 4 }), gates()],
    ['a raised maximum', gates({ metric: 'rmse', max: 4 }), gates({ metric: 'rmse', max: 4.1 })],
    [
      'a share made an amount',
      gates({ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }),
      gates({ metric: 'rmse', champion: { 'worse-by-at-most': 0.02 } }),
    ],
    ['a lower confidence', {}, { validate: { bootstrap: { confidence: '80%' } } }],
    ['another primary metric', { validate: { primary: 'rmse' } }, { validate: { primary: 'mae' } }],
    ['another split', {}, { split: { test: '5%' } }],
    ['another seed of the split', {}, { split: { seed: 2 } }],
    ['a filter that is added', {}, { features: { weight: { missing: 'drop' } } }],
    ['a smaller range', { features: { hp: { range: [1, 500] } } }, { features: { hp: { range: [1, 200] } } }],
    ['duplicates that are dropped', {}, { prepare: { duplicates: 'drop' } }],
    ['another positive class', { task: 'binary', positive: 'yes' }, { task: 'binary', positive: 'no' }],
    ['a key that is deleted', { data: { ...smallest.data, key: 'id' } }, {}],
    ['a group that is deleted', { data: { ...smallest.data, group: 'id' } }, {}],
    ['a pipeline that is renamed', { name: 'fuel' }, { name: 'fuel2' }],
    ['an environment whose champion is another', {}, { deploy: { environment: 'staging' } }],
    ['another source', {}, { data: { source: { type: 'file', path: 'easy.csv' } } }],
    ['a target that is derived', {}, { prepare: { derive: { mpg: 'd => 1' } } }],
    [
      'a column of a slice that is derived',
      gates({ metric: 'rmse', max: 4, slice: 'origin' }),
      { ...gates({ metric: 'rmse', max: 4, slice: 'origin' }), prepare: { derive: { origin: 'd => 1' } } },
    ],
    [
      'a metric that is gone',
      { validate: { metrics: ['rmse', 'mae'] } },
      { validate: { metrics: ['rmse'] } },
    ],
    ['a check that is off', {}, { prepare: { checks: { leakage: 'off' } } }],
  ])('%s', (_, base, head) => {
    expect(isLooser(parsed(base), parsed(head))).toBe(true);
  });

  test.each<[string, Partial<ConfigInput>, Partial<ConfigInput>]>([
    ['a gate that is added', gates(), gates({ metric: 'rmse', max: 4 })],
    ['a lower maximum', gates({ metric: 'rmse', max: 4 }), gates({ metric: 'rmse', max: 3 })],
    [
      'a metric that is added',
      { validate: { metrics: ['rmse'] } },
      { validate: { metrics: ['rmse', 'r2'] } },
    ],
    ['features that are derived or excluded', {}, { prepare: { exclude: ['a'], derive: { b: 'd => d.a' } } }],
    ['candidates', {}, { train: { seed: 7 } }],
    ['encodings', {}, { features: { weight: { scale: 'robust', unit: 'lb' } } }],
    [
      'encodings of all columns',
      {},
      { prepare: { numbers: { bound: 8 }, categories: { 'min-count': 'auto' } } },
    ],
    ['the monitor, retraining and targets', {}, { retrain: {}, deploy: { targets: ['release'] } }],
  ])('not: %s', (_, base, head) => {
    expect(isLooser(parsed(base), parsed(head))).toBe(false);
  });

  test('a key of a section that nobody has thought of', () => {
    const base = parsed({});
    for (const section of ['validate', 'prepare', 'split', 'data'] as const) {
      const head = { ...base, [section]: { ...base[section], unheard: 1 } };
      expect(between(base, head as Config)).toEqual([
        expect.objectContaining({ effect: 'changes', path: [section, 'unheard'] }),
      ]);
    }
    const features = { weight: { ...parsed({ features: { weight: {} } }).features.weight, unheard: 1 } };
    expect(isLooser(parsed({ features: { weight: {} } }), { ...base, features } as unknown as Config)).toBe(
      true,
    );
  });
});

const configs = configInput.map((input) => configSchema.safeParse(input)).filter(({ success }) => success);

test('no configuration is looser than itself', () => {
  fc.assert(
    fc.property(configs, ({ data }) => {
      expect(isLooser(data!, data!)).toBe(false);
    }),
  );
});

test('what changes the judgement needs somebody on the way there or on the way back', () => {
  fc.assert(
    fc.property(configs, configs, ({ data: one }, { data: other }) => {
      const touched = between(one!, other!).some(({ effect }) => effect !== 'neutral');
      expect(isLooser(one!, other!) || isLooser(other!, one!)).toBe(touched);
    }),
  );
});

const bound = fc.record({ side: fc.constantFrom('min', 'max'), at: fc.integer({ min: 0, max: 20 }) });
const bounds = fc.array(bound, { maxLength: 4 });
type Bounds = readonly { readonly side: 'min' | 'max'; readonly at: number }[];
const declared = (list: Bounds): Config =>
  parsed(gates(...list.map(({ side, at }) => ({ metric: 'rmse' as const, [side]: at }))));
const holds = (list: Bounds, value: number): boolean =>
  list.every(({ side, at }) => (side === 'min' ? value >= at : value <= at));

test('gates that need nobody let nothing pass that did not pass before', () => {
  fc.assert(
    fc.property(bounds, bounds, fc.integer({ min: 0, max: 20 }), (base, head, value) => {
      fc.pre(!isLooser(declared(base as Bounds), declared(head as Bounds)));
      expect(holds(head as Bounds, value) && !holds(base as Bounds, value)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('a gate that is loosened and tightened back needs nobody for the second', () => {
  fc.assert(
    fc.property(bound, fc.integer({ min: 1, max: 5 }), (gate, by) => {
      const base = declared([gate] as Bounds);
      const at = gate.side === 'max' ? gate.at + by : gate.at - by;
      const loosened = declared([{ ...gate, at }] as Bounds);
      expect(isLooser(base, loosened)).toBe(true);
      expect(isLooser(loosened, base)).toBe(false);
    }),
  );
});

describe('a lock', () => {
  const lock: Lock = lockSchema.parse({
    version: 2,
    data: { digest: `sha256:${'a'.repeat(64)}`, rows: 10, parts: [] },
    key: ['id'],
    split: { seed: 1 },
    positive: 'yes',
    types: { id: 'category', price: 'number' },
    formats: { price: '1.234,5' },
  });
  const sentences = (head: Lock | undefined) =>
    lockChanges(lock, head).map(({ effect, sentence }) => `${effect}: ${sentence}`);

  test('that pins other rows changes nothing: that is what a retraining does', () => {
    const data = { ...lock.data, digest: `sha256:${'b'.repeat(64)}`, rows: 12 };
    expect(sentences({ ...lock, data, types: { ...lock.types, fresh: 'number' } })).toEqual([]);
    expect(lockChanges(undefined, lock)).toEqual([]);
  });

  test.each<[string, Partial<Lock>, string]>([
    [
      'divides otherwise',
      { split: { seed: 2 } },
      'the split’s seed, frozen in ciclo.lock, changes from 1 to 2',
    ],
    ['has another key', { key: ['price'] }, 'what identifies a row, frozen in ciclo.lock, changes'],
    ['hashes otherwise', { version: 1 }, 'how keys are hashed, frozen in ciclo.lock, changes from 2 to 1'],
    [
      'has another class',
      { positive: 'no' },
      'the positive class, frozen in ciclo.lock, changes from yes to no',
    ],
    ['reads a column otherwise', { formats: {} }, 'the notation of price, frozen in ciclo.lock, changes'],
  ])('that %s is a change', (_, part, expected) => {
    const [found, ...others] = sentences({ ...lock, ...part });
    expect(found).toContain(`changes: ${expected}`);
    expect(others).toEqual([]);
  });

  test('that is gone loosens', () => {
    expect(sentences(undefined)).toEqual([expect.stringContaining('loosens: ciclo.lock is gone')]);
  });
});
