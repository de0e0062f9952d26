import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { semanticProblems } from '../shared/config/checks/semantic-checks.ts';
import { configSchema } from '../shared/config/sections/schema.ts';
import { configInput } from '../shared/config/testing/config-arbitrary.ts';

/** What an editor knows of ciclo.yml. */
const editorAccepts = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../ciclo.schema.json', import.meta.url), 'utf8')),
);

/** Declarations that the code accepts, in which together most keys are written. */
const declared: readonly unknown[] = [
  `task: binary
target: left
positive: yes
data:
  source: { type: file, path: [a.csv, b.csv], format: csv, delimiter: ';', skip-rows: 1, header: [left, a, b] }
  key: [a, b]
  time: seen
  group: person
  sample: { rows: 100 }
features:
  a: { type: number, range: [1, null], invalid: clip, missing: median, transform: { clip: [1%, 99%] }, bound: 3 }
  b: { type: category, values: [u, v], encode: ordinal, order: [u, v], max-categories: 4, min-count: 5 }
  seen: { type: date, format: dd.MM.yyyy, parts: [year, weekday] }
prepare:
  derive: { half: d => d.a / 2 }
  numbers: { encode: plain, bound: none }
  missing-markers: { add: ['-'] }
  checks: { max-missing: { warn: 10%, fail: 40% }, max-dropped: 20%, personal: { allowed: [b] }, min-rows: 3 }
split: { test: 20%, validation: 0.2, seed: 3 }
train:
  candidates:
    - { type: linear, l2: 0.1, learning-rate-schedule: { step: { every: 3, factor: 0.5 } }, class-weights: balanced }
    - { type: boosted-trees, rounds: 5, leaves: 4, row-share: 80%, column-share: 0.5, class-weights: { yes: 2, no: 1 } }
    - { type: neural-network, layers: [3, 4], dropout: [0.1, 0.2], batch-size: auto, seeds: 2 }
  learning-curve: on
  infer-limit: 1000
  importance: { repeats: 2, rows: 10, work: 100 }
validate:
  primary: { metric: f-beta, beta: 2 }
  metrics: [log-loss, { metric: cost, missed: 3, false-alarm: 2 }]
  gates:
    - { metric: roc-auc, champion: { worse-by-at-most: 2%, of: anchor } }
    - { metric: f-beta, beta: 3, train-gap: { at-most: 0.2 } }
    - { metric: brier, baseline: { better-by-at-least: 5% } }
  decision: { costs: { missed: 5, false-alarm: 1 } }
  inconclusive: { within: pass, beyond: fail }
  bootstrap: { resamples: 200, confidence: 90% }
deploy: { environment: staging, targets: [release, pages] }
monitor:
  window: { last: 30d, again: true }
  reference: same-season
  drift: { false-alarm-rate: 5%, min-effect: 0.1, share: 30%, group: person }
  performance: { worse-by-at-most: 0.1 }
retrain: { on: [new-data], cooldown: 3d, confidence: 90% }`,
  `task: regression
target: price
data:
  sources:
    sales: { type: duckdb, query: select 1, memory: 2GB, key: id, time: sold, types: { sold: { type: date, format: dd.MM.yyyy } } }
    visits: { type: http, url: 'https://example.org', format: csv, query: { a: 1 }, pagination: { type: page, size: { parameter: s, value: 3 } }, time: at }
    places: { type: postgres, query: select 1, timeless: true }
  steps:
    - { join: { with: places, on: { id: place }, kind: inner, columns: { city: town }, prefix: at_ } }
    - { join: { with: visits, as-of: { time: { sold: at }, tolerance: 30d, same-time: false } } }
    - { group: { of: visits, by: { id: id }, time: { sold: at }, window: 30d, rollup: { n: count, spent: { sum: paid } } } }
    - { filter: d => d.price > 0 }
    - { select: { except: [note] } }
    - { dedupe: { by: [id], keep: last } }
  time: sold
split: { folds: 5, by: time }
train:
  candidates: [{ type: linear, target: log1p }, { type: boosted-trees, loss: absolute }]
  search: { trials: 4, ranges: { boosted-trees: { leaves: { from: 4, to: 9 }, row-share: [50%, 1] }, linear: { encoding: [plain] } } }
  trend-columns: leave-out
validate: { gates: [{ metric: rmse, max: 3, slice: town }], inconclusive: warn }`,
  `task: multiclass
target: kind
data: { source: { type: file, path: 's3://bucket/a.parquet', storage: { region: eu, retries: 2 } }, time: at, sample: 100 }
split: { folds: auto }
train: { candidates: [{ type: command, run: python train.py, files: [a, b], timeout: 2h, max-disagreement: 1% }], importance: off }
monitor: { window: { last-rows: 10 } }`,
].map((text) => parse(text));

type Path = readonly (string | number)[];

/** Every place below a value, whatever is there. */
function placesIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...placesIn(child, path)];
  });
}

/** What somebody might write in the wrong place. */
const odd: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 0.5, 1.5, 3, 20, 21, 256, 5000, 1e-9, 1e10],
  ...['', 'x', '20%', '120%', '100%', '100.5%', '0%', '-5%', ' 7 % ', '.5', '7', '30d', '0d', '2GB', 'A-b'],
  ...['auto', 'off', 'on', 'none', 's3://b/c', '${{ env.CICLO_X }}', '${{ env.X }}'],
  ...[[], [1], ['a'], ['a', 'a'], {}, { a: 1 }, { from: 2, to: 1 }, { warn: '5%' }, { sum: 'a', mean: 'a' }],
];

/** A declaration in which one thing is left out, added, or something else. */
const changed = fc
  .tuple(fc.oneof(fc.constantFrom(...declared), configInput), fc.nat(), fc.constantFrom(...odd), fc.nat(9))
  .map(([config, place, value, kind]) => {
    const copy = JSON.parse(JSON.stringify(config));
    const places = placesIn(copy);
    const path = places[place % places.length]!;
    const holder = path.slice(0, -1).reduce((at, key) => at[key], copy);
    const key = path.at(-1)!;
    if (kind > 2) holder[key] = value;
    else if (kind > 0 && Array.isArray(holder)) holder.splice(key as number, 1);
    else if (kind > 0) delete holder[key];
    else holder[Array.isArray(holder) ? holder.length : 'seed'] = value;
    return copy;
  });

describe('ciclo.schema.json and the code that reads ciclo.yml', () => {
  it.each(declared)('both accept what is right: %#', (config) => {
    expect(configSchema.safeParse(config).error?.issues ?? []).toEqual([]);
    expect(semanticProblems(config)).toEqual([]);
    expect(editorAccepts(config)).toBe(true);
  });

  it('agree on every key by itself, whatever is written there', () => {
    fc.assert(
      fc.property(changed, (config) => {
        const { success } = configSchema.safeParse(config);
        // What does not go together, the code alone knows; but for the task, of which the schema knows most.
        if (!success) expect(editorAccepts(config)).toBe(false);
        else if (semanticProblems(config).length === 0) expect(editorAccepts(config)).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});
