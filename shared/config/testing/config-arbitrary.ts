import fc from 'fast-check';
import { metricNames } from '../../metrics/descriptors/descriptors.ts';
import { consequences } from '../sections/inconclusive-policy.ts';
import type { ConfigInput } from '../sections/schema.ts';

/** Any text that can be a column's name, also ones that YAML must quote. */
const name = fc
  .oneof(
    fc.constantFrom(
      'mpg',
      'year',
      '2020',
      'true',
      'null',
      '~',
      ' a',
      'a: b',
      '#',
      '- x',
      '*x',
      'é',
      '',
      '<<',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .filter((text) => text !== '' && text !== '__proto__');

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ min: Number.MIN_VALUE, max: 1e9, noNaN: true });
const seed = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const share = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
  fc.integer({ min: 0, max: 100_000 }).map((thousandths) => `${thousandths / 1000} %`),
);
const tolerance = fc.oneof(
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.integer({ min: 0, max: 1_000_000 }).map((thousandths) => `${thousandths / 1000}%`),
);

function optional<T extends Record<string, fc.Arbitrary<unknown>>>(model: T) {
  return fc.record(model, { requiredKeys: [] });
}

const source = fc.oneof(
  fc.record(
    {
      type: fc.constant('file' as const),
      path: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 3 })),
      format: fc.constantFrom('csv', 'json', 'ndjson', 'parquet', 'arrow'),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      columns: fc.constantFrom('same', 'union'),
      rows: name,
    },
    { requiredKeys: ['type', 'path'] },
  ),
  fc.record({
    type: fc.constant('file' as const),
    path: fc.constantFrom('s3://sales/*.parquet', 's3://sales/year=*/a.csv'),
    storage: fc.record(
      {
        region: fc.constantFrom('eu-west-1', 'auto'),
        endpoint: fc.constantFrom('https://minio.example.org', 'http://127.0.0.1:9000'),
        'path-style': fc.boolean(),
        anonymous: fc.boolean(),
        timeout: positive,
        retries: fc.nat({ max: 20 }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record(
    {
      type: fc.constant('http' as const),
      url: fc.constantFrom('https://example.org/cars', '${{ env.CICLO_URL }}/cars?page=1'),
      format: fc.constantFrom('json', 'ndjson', 'csv'),
      query: fc.dictionary(name, fc.oneof(name, number, fc.boolean()), { maxKeys: 3 }),
      headers: fc.constant({ authorization: 'Bearer ${{ env.CICLO_TOKEN }}' }),
      pagination: fc.oneof(
        fc.constant({ type: 'link' as const }),
        fc.record({ type: fc.constant('cursor' as const), parameter: name, path: name }),
        fc.record(
          { type: fc.constant('page' as const), parameter: name, start: fc.nat({ max: 9 }) },
          { requiredKeys: ['type'] },
        ),
        fc.record(
          {
            type: fc.constant('offset' as const),
            start: fc.nat({ max: 9 }),
            limit: fc.constant({ value: 100 }),
          },
          { requiredKeys: ['type'] },
        ),
      ),
      timeout: positive,
    },
    { requiredKeys: ['type', 'url'] },
  ),
  fc.record({ type: fc.constant('postgres' as const), query: name }),
  fc.record({ type: fc.constant('duckdb' as const), query: name }),
  fc.record(
    {
      type: fc.constant('trino' as const),
      url: fc.constantFrom('https://trino.example.org:8443', '${{ env.CICLO_TRINO_URL }}'),
      token: fc.constant('${{ env.CICLO_TRINO_TOKEN }}'),
      catalog: name,
      schema: name,
      query: name,
      timeout: positive,
    },
    { requiredKeys: ['type', 'query'] },
  ),
);

const names = fc.array(name, { minLength: 1, maxLength: 3 });
const span = fc.constantFrom('30d', '12h', 7, 0.5);
const rollup = fc.oneof(
  fc.constant('count' as const),
  name.map((column) => ({ sum: column })),
  name.map((column) => ({ last: column })),
);

const step = fc.oneof(
  fc.record({ filter: fc.constant('d => d.a > 0') }),
  fc.record({ join: fc.record({ with: fc.constant('b'), on: fc.oneof(name, names) }) }),
  fc.record({
    join: fc.record({
      with: fc.constant('b'),
      on: fc.dictionary(name, name, { minKeys: 1, maxKeys: 2 }),
      kind: fc.constantFrom('left', 'inner'),
      columns: fc.dictionary(name, name, { minKeys: 1, maxKeys: 2 }),
      'as-of': fc.record({ time: name, tolerance: span, 'same-time': fc.boolean() }),
    }),
  }),
  fc.record({
    group: fc.record({
      of: fc.constant('b'),
      by: name,
      time: name,
      window: span,
      rollup: fc.dictionary(name, rollup, { minKeys: 1, maxKeys: 2 }),
    }),
  }),
  fc.record({ select: fc.oneof(names, fc.record({ except: names })) }),
  fc.record({ dedupe: fc.oneof(names, fc.record({ by: names, keep: fc.constantFrom('first', 'last') })) }),
);

const severalSources = fc
  .tuple(source, source, fc.array(step, { maxLength: 4 }))
  .map(([a, b, steps]) => ({ sources: { a, b }, steps: [...steps, { union: 'b' }] }));

const feature = optional({
  type: fc.constantFrom('number', 'category', 'boolean', 'date'),
  description: name,
  unit: name,
  range: fc.tuple(fc.option(number), fc.option(number)),
  values: fc.array(name, { minLength: 1, maxLength: 4 }),
  invalid: fc.constantFrom('missing', 'drop', 'clip', 'fail'),
  missing: fc.oneof(
    fc.constantFrom('median', 'mean', 'mode', 'level', 'drop', 'fail'),
    fc.record({ constant: fc.oneof(number, name, fc.boolean()) }),
  ),
  indicator: fc.boolean(),
  transform: fc.oneof(
    fc.constantFrom('none', 'log', 'log1p', 'sqrt'),
    fc.record({ clip: fc.tuple(share, share) }),
  ),
  scale: fc.constantFrom('standard', 'robust', 'min-max', 'none'),
  encode: fc.constantFrom('auto', 'one-hot', 'ordinal', 'hash', 'piecewise-linear', 'plain'),
  bound: fc.double({ min: 0.5, max: 100, noNaN: true }),
  'min-count': fc.oneof(fc.constant('auto'), fc.integer({ min: 5, max: 50 })),
  buckets: fc.integer({ min: 2, max: 65_536 }),
});

const check = fc.oneof(share, fc.constant('off'), optional({ warn: share, fail: share }));

const candidate = fc.oneof(
  fc.record(
    {
      type: fc.constant('linear' as const),
      l2: fc.double({ min: 0, max: 10, noNaN: true }),
      epochs: fc.integer({ min: 1, max: 500 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('neural-network' as const),
      name,
      layers: fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 4 }),
      dropout: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      'learning-rate': positive,
      'learning-rate-schedule': fc.oneof(
        fc.constantFrom('constant', 'cosine'),
        fc.record({
          step: fc.record({ every: fc.integer({ min: 1, max: 99 }), factor: fc.constantFrom(0.1, 0.5, 1) }),
        }),
      ),
      'class-weights': fc.oneof(
        fc.constantFrom('none', 'balanced'),
        fc.dictionary(name, positive, { maxKeys: 3 }),
      ),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('boosted-trees' as const),
      name,
      loss: fc.constantFrom('squared', 'absolute'),
      rounds: fc.integer({ min: 1, max: 2000 }),
      leaves: fc.integer({ min: 2, max: 4096 }),
      depth: fc.integer({ min: 1, max: 20 }),
      'row-share': fc.constantFrom('80%', 0.5, 1),
      'category-smoothing': fc.double({ min: 0, max: 100, noNaN: true }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('command' as const),
      name,
      run: fc.constantFrom('python train.py', 'Rscript train.R && echo done'),
      format: fc.constantFrom('csv', 'parquet', 'arrow'),
      files: fc.oneof(name, fc.array(name, { maxLength: 3 })),
      timeout: fc.constantFrom('30m', '2h', '1d'),
      'max-disagreement': share,
    },
    { requiredKeys: ['type', 'run'] },
  ),
);

const metric = fc.constantFrom(...metricNames);

const gate = fc.oneof(
  fc.record({ metric, min: number, max: number, slice: name }, { requiredKeys: ['metric'] }),
  fc.record({
    metric,
    champion: optional({ 'worse-by-at-most': tolerance, 'better-by-at-least': tolerance }),
  }),
  fc.record({ metric, 'train-gap': fc.record({ 'at-most': tolerance }) }),
  fc.record({ metric, baseline: fc.record({ 'better-by-at-least': tolerance }) }),
);

/** Anything that the schema accepts as ciclo.yml, sensible or not. */
export const configInput: fc.Arbitrary<ConfigInput> = fc.record(
  {
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    description: name,
    task: fc.constantFrom('regression', 'binary', 'multiclass'),
    target: name,
    positive: fc.oneof(name, fc.boolean(), fc.integer()),
    data: fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.record({ source }) }, { weight: 1, arbitrary: severalSources }),
        optional({
          key: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 3 })),
          time: name,
          group: name,
          sample: fc.oneof(
            fc.integer({ min: 1, max: 1e9 }),
            fc.record({ rows: fc.integer({ min: 1, max: 1e9 }) }),
          ),
        }),
      )
      .map(([rows, roles]) => ({ ...rows, ...roles })),
    features: fc.dictionary(name, feature, { maxKeys: 4 }),
    prepare: optional({
      exclude: fc.array(name, { maxLength: 3 }),
      derive: fc.dictionary(name, fc.constant('d => d.a / d.b'), { maxKeys: 2 }),
      'missing-markers': fc.array(name, { maxLength: 3 }),
      trim: fc.boolean(),
      checks: optional({
        'max-missing': check,
        'max-duplicates': check,
        leakage: fc.constantFrom('off', 'warn', 'fail'),
      }),
    }),
    split: fc.oneof(
      optional({ test: share, validation: share, by: fc.constantFrom('hash', 'time'), seed }),
      optional({ folds: fc.oneof(fc.integer({ min: 3, max: 20 }), fc.constantFrom('auto', 'off')), seed }),
    ),
    train: optional({
      seed,
      backend: fc.constantFrom('kernel', 'wasm', 'node', 'cpu'),
      candidates: fc.array(candidate, { minLength: 1, maxLength: 3 }),
      importance: fc.oneof(
        fc.constant('off'),
        optional({ repeats: fc.integer({ min: 1, max: 9 }), work: fc.integer({ min: 1, max: 1e12 }) }),
      ),
    }),
    validate: optional({
      primary: metric,
      metrics: fc.array(metric, { minLength: 1, maxLength: 3 }),
      gates: fc.array(gate, { maxLength: 4 }),
      slices: fc.array(name, { maxLength: 2 }),
      inconclusive: fc.oneof(
        fc.constantFrom(...consequences),
        optional({
          within: fc.constantFrom(...consequences),
          beyond: fc.constantFrom(...consequences),
          unmeasured: fc.constantFrom(...consequences),
        }),
      ),
      bootstrap: optional({ resamples: fc.integer({ min: 100, max: 5000 }), confidence: share }),
    }),
    deploy: optional({ environment: fc.constantFrom('production', 'staging-eu') }),
  },
  { requiredKeys: ['task', 'target', 'data'] },
);
