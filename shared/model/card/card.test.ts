import { describe, expect, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { silentLogger } from '../../platform/logger.ts';
import {
  elementsOf,
  githubHtml,
  readText,
  triggersIn,
} from '../../report/pull-request/testing/github-page.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type HousesOptions, houses } from '../testing/model-builders.ts';
import { trainModel } from '../training/train-model.ts';
import { renderModelCard } from './card.ts';
import type { ModelCardInput } from './card-input.ts';
import { releasedCard } from './released-card.ts';

const quality: QualityReport = {
  version: 2,
  rows: {
    read: 1234,
    dropped: 34,
    kept: 1200,
    train: 300,
    validation: 100,
    test: 800,
  },
  columns: [{ name: 'area', type: 'number', missing: 100, distinct: 300 }],
  changes: [],
  correlations: { rows: 300, features: 1, compared: 1, target: [], nearDuplicates: 0, pairs: [] },
  checks: [
    {
      check: 'max-missing',
      column: 'area',
      status: 'warn',
      measured: 0.25,
      allowed: 0.2,
      message: 'area is missing in 25% of rows',
    },
    { check: 'constant', status: 'pass', measured: 0, allowed: 0, message: 'no constant column' },
  ],
  status: 'warn',
};

const evaluation: Evaluation = {
  version: 1,
  pipeline: 'houses',
  task: 'regression',
  target: 'price',
  rows: 800,
  verdict: 'pass',
  headline: 'rmse 61.2 is within its gate.',
  primary: 'rmse',
  bootstrap: { method: 'percentile', resamples: 1000, confidence: 0.95, seed: 1 },
  inconclusive: 'warn',
  metrics: [{ name: 'rmse', value: 61.23456, low: 58, high: 64.5, better: 'lower', baseline: 150.2 }],
  gates: [
    {
      ...{ index: 0, metric: 'rmse', kind: 'max', declared: 'rmse at most 70' },
      ...{ bound: 70, measured: 61.23456, low: 58, high: 64.5, outcome: 'pass' },
      message: 'rmse is 61.2, at most 64.5.',
    },
    {
      ...{ index: 1, metric: 'rmse', kind: 'max', declared: 'rmse at most 90 in every slice by district' },
      ...{ bound: 90, measured: 70.5, low: 64, high: 78, outcome: 'pass' },
      ...{ slice: { column: 'district', label: 'harbour' }, message: 'The whole interval is within.' },
    },
  ],
  slices: [
    {
      ...{ column: 'district', label: 'harbour', rows: 250, judged: true },
      ...{ metric: 'rmse', value: 70.5, low: 64, high: 78 },
    },
    {
      ...{ column: 'district', label: 'south', rows: 9, judged: false },
      ...{ metric: 'rmse', value: null, low: null, high: null },
    },
  ],
};

async function cardOf(overrides: Partial<ModelCardInput> = {}, options: HousesOptions = {}): Promise<string> {
  const { config, schema, ...rest } = houses({ candidates: [{ type: 'linear' }], ...options });
  const { report } = await trainModel({ config, schema, ...rest }, { logger: silentLogger });
  return renderModelCard({
    ...{ pipeline: 'houses', config, schema, training: report },
    recipe: rest.recipe,
    ...overrides,
  });
}

test.each([
  [{ name: 'ciclo', version: '0.1.0', backend: 'kernel' }, 'Ciclo 0.1.0, backend kernel, seed 42.'],
  [
    { name: 'tensorflow.js', version: '4.22.0', backend: 'wasm' },
    'TensorFlow.js 4.22.0, backend wasm, seed 42.',
  ],
  [
    { name: 'boosted-trees', version: '1', backend: 'javascript' },
    "Ciclo's boosted trees, version 1, seed 42.",
  ],
] as const)('the card names what made the model: $0.name', async (engine, words) => {
  const { report } = await trainModel(houses({ candidates: [{ type: 'linear' }] }), { logger: silentLogger });
  const again = await cardOf({ training: { ...report, engine: { ...engine, reproducible: true } } });
  const text = readText(githubHtml(again));
  expect(text).toContain(`${words} Training again from the same data, configuration and versions gives`);
  const other = await cardOf({ training: { ...report, engine: { ...engine, reproducible: false } } });
  expect(readText(githubHtml(other))).toContain(
    `${words} Not every engine that trained its candidates is known to be byte-identical`,
  );
});

test('the card of a model of layers says how many columns are piecewise-linear; that of others does not', async () => {
  const input = houses({ candidates: [{ type: 'linear' }] });
  const pieces = [0, 50, 90, 200];
  const recipe = {
    ...input.recipe,
    features: input.recipe.features.map((one) => (one.kind === 'number' ? { ...one, pieces } : one)),
  };
  const encoded = input.recipe.features.filter(({ kind }) => kind === 'number').length;
  const words = 'given to it by quantile bin (piecewise-linear encoding)';
  expect(encoded).toBeGreaterThan(0);
  expect(readText(githubHtml(await cardOf({ recipe })))).toContain(words);
  expect(readText(githubHtml(await cardOf()))).not.toContain(words);
  const trees = await cardOf({ recipe }, { candidates: [{ type: 'boosted-trees' }] });
  expect(readText(githubHtml(trees))).not.toContain(words);
});

test('the card of a blend says in a sentence what it is, and in a table what each part is worth', async () => {
  const { report } = await trainModel(houses({ candidates: [{ type: 'linear' }] }), { logger: silentLogger });
  const part = { members: 5, bytes: 40_000, work: 300 };
  const blend = {
    ...{ score: 11.5, bytes: 80_000, work: 600 },
    parts: [
      { name: 'line*ar', type: 'linear', weight: 0.4, score: 14, without: 12, ...part },
      { name: 'trees', type: 'boosted-trees', weight: 0.6, score: 12, without: 14, ...part },
    ],
  };
  const engine = { name: 'ensemble' as const, version: '1', backend: 'kernel' as const, reproducible: true };
  const text = readText(
    githubHtml(await cardOf({ training: { ...report, chosen: 'blend', blend, engine } })),
  );
  expect(text).toContain('A blend of boosted trees 60% and a linear model 40%, with ');
  expect(text).toContain('10 models.');
  const only = {
    ...blend,
    parts: [
      { ...blend.parts[0]!, weight: 0 },
      { ...blend.parts[1]!, weight: 1 },
    ],
  };
  const ofOne = readText(
    githubHtml(await cardOf({ training: { ...report, chosen: 'blend', blend: only, engine } })),
  );
  expect(ofOne).toContain('Boosted trees, with ');
  expect(ofOne).not.toMatch(/A blend of|trees alone/);
  expect(text).toMatch(/line\*ar\s+40%\s+14\s+12\s+5\s+40 KB/);
  expect(text).toContain('stopped the training.');
  expect(text).toContain("Ciclo's blend, version 1, its parts trained by the backend kernel, seed 42.");
  expect(text).toContain('ensemble.json names the parts, their weights, and the files of each');
});

test('the card says which settings a search chose', async () => {
  const { report } = await trainModel(houses({ candidates: [{ type: 'linear' }] }), { logger: silentLogger });
  const search = {
    ...{ trials: 2, trainings: 5, loss: 'squared error' as const, score: 11, without: 12 },
    candidates: [
      {
        ...{ name: 'line*ar', type: 'linear', deployed: 1, byFold: [1, 1, 0] },
        settings: [{ options: { encoding: 'plain' }, rungs: 3, loss: 11, own: 12.5 }],
      },
    ],
  };
  const text = readText(githubHtml(await cardOf({ training: { ...report, search } })));
  expect(text).toContain(
    'A search chose settings of the candidates: 2 settings were tried in 5 trainings: rmse 11, and 12 with every candidate as it is declared.',
  );
  expect(text).toMatch(/line\*ar\s+1\s+encoding: plain\s+2 of 3\s+12\.5 → 11 \(−12%\)/);
});

test('a released card says version, date and approver below its title, and is otherwise the same', async () => {
  const card = await cardOf({ quality, evaluation });
  const facts = { version: 'v1.2.0', time: 1_700_000_000, commit: 'a'.repeat(40), approver: '$& <b>' };
  const released = releasedCard(card, facts);
  const [title, , line] = released.split('\n');
  expect(title).toBe('# Model card: houses');
  expect(line).toMatch(/^Version v1\\?\.2\\?\.0, released on 2023-11-14, approved by .*, from the commit a+/);
  expect(readText(githubHtml(released))).toContain('approved by $& <b>');
  expect(released.replace(`${line}\n\n`, '')).toBe(card);
});

describe('the model card', () => {
  test('says what is known, section by section', async () => {
    const window = { column: 'year', until: '2024' };
    const card = await cardOf({ quality, evaluation, window });
    expect(card.match(/^#+ .*$/gm)).toEqual([
      '# Model card: houses',
      '## Intended use',
      '## Data',
      '## Training',
      '## Metrics',
      '## Gates',
      '## Slices',
      '## Features by importance',
      '## Limits',
      '## How to use it',
      '## Provenance',
    ]);
    expect(card).toContain(
      'Predicts the number **price**. Linear regression (candidate “linear”) with 6 inputs, 7 parameters.',
    );
    expect(card).toContain(
      '1,234 rows read, 34 dropped by cleaning, 1,200 kept: 300 to train, 100 to validate, 800 to test.',
    );
    expect(card).toContain('| area | number | m² | 40 to 200 | 100 of 1,200 |');
    expect(card).toContain('| district | category | – | harbour, north, south | – |');
    expect(card).toContain('| Column | Type | Unit | Typical training values | Missing |\n');
    expect(card).toContain('| rmse | 61.2 | 58.0 to 64.5 | 150.2 |');
    expect(card).toContain('Verdict: **pass**. rmse 61.2 is within its gate.');
    expect(card).toContain('| rmse at most 70 | pass | rmse is 61.2, at most 64.5. |');
    expect(card).toContain('| rmse at most 90 in every slice by district: harbour | pass |');
    expect(card).toContain('| district: harbour | 250 rows | rmse 70.5 | 64.0 to 78.0 |');
    expect(card).toContain('| district: south | 9 rows | too few rows to judge | – |');
    expect(card).toContain('Rows up to 2024 (year).');
    expect(card).toContain('- Data check “max-missing”: area is missing in 25% of rows');
    expect(card).not.toContain('no constant column');
    expect(card).toMatch(/\| area \| [\d.]+ ± [\d.]+ \|/);
  });

  test.each([
    ['https://api.example.org/v1/houses', 'From the API at api.example.org, split'],
    ['${{ env.CICLO_API }}/houses', 'From an API whose address is in a variable, split'],
    [
      'https://${{ env.CICLO_TENANT }}.example.org/houses',
      'From an API whose address is in a variable, split',
    ],
  ])('says where the rows of %s are from', async (url, words) => {
    const { config } = houses();
    const source = sourceSchema.parse({ type: 'http', url });
    const card = await cardOf({ config: { ...config, data: { ...config.data, source } } });
    expect(readText(githubHtml(card))).toContain(words);
  });

  test('says what is not known', async () => {
    const card = await cardOf();
    expect(card).toContain('The owner has not said what this model is for (`description` in ciclo.yml).');
    expect(card).toContain('Not evaluated on unseen rows yet: run `ciclo validate`.');
    expect(card).toContain('It has not been evaluated on unseen rows yet.');
  });

  test('names the classes of a classifier and warns of few rows', async () => {
    const card = await cardOf({}, { task: 'multiclass', rows: 40 });
    expect(card).toContain('Predicts which of 3 classes **price** is: cheap, dear, medium.');
    expect(card).toContain('Logistic regression (candidate “linear”)');
    expect(card).toContain('Only 30 training rows for 6 inputs: fewer than 10 rows per input.');
    expect(card).toContain('Only 10 validation rows');
    expect(card).toContain('answers with the probability of each class, in the order above.');
  });

  test('names the class that precision and recall are of', async () => {
    const { schema } = houses({ task: 'binary' });
    const card = await cardOf({ schema: { ...schema, positive: 'dear' } }, { task: 'binary' });
    expect(card).toContain('Precision and recall are those of the class **dear**.');
    expect(card).toContain(`answers with the probability of the class ${schema.classes?.[1]}.`);
  });

  test('lets no text of the user’s become Markdown or HTML', async () => {
    const { config } = houses();
    const hostile = '<img src=x onerror=alert(1)> [click](http://evil) | cell\n# heading @everyone';
    const card = await cardOf({ pipeline: hostile, config: { ...config, description: hostile } });
    expect(card).not.toContain('<img');
    expect(card).not.toMatch(/(?<!\\)\[click/);
    expect(card).not.toMatch(/(?<!\\)\| cell/);
    expect(card).not.toContain('@everyone');
    expect(card).not.toMatch(/^# heading/m);
    expect(card.match(/^# /gm)).toHaveLength(1);
  });

  test.each([
    ['a reference', '#12 acme/cars#7 GH-12'],
    ['an emoji', ':x: :tada:'],
    ['a mention', '@octocat and @acme/owners'],
    ['a bidirectional control', '\u202egpj.exe\u202c'],
    ['a comment', '<!-- ciclo: {} -->'],
    ['a link', '[here](https://evil.example) https://evil.example www.evil.example'],
    ['a cell', 'a|b | c'],
    ['mathematics', '$x^2$'],
  ])(
    'GitHub makes nothing of %s in a name, a unit, a description, a category or a message',
    async (_, text) => {
      const page = async (given: string) => githubHtml(await cardWithEverywhere(given));
      const html = await page(text);
      const elements = (of: string) => elementsOf(of).filter((element) => element !== 'span');
      expect(elements(html)).toEqual(elements(await page('plain')));
      expect(triggersIn(html)).toEqual([]);
      expect(html).not.toMatch(/[\u202a-\u202e]|<!--/);
      expect(readText(html)).toContain(visibleText(text));
    },
  );

  test('folds the lines of a description', async () => {
    const { config } = houses();
    const card = await cardOf({ config: { ...config, description: 'What it is\n  for.\n\nAnd not.\n' } });
    expect(card).toContain('\n\nWhat it is for. And not.\n\n');
  });
});

/** A card with the same text in every place that a user, the data or a candidate's name reaches. */
async function cardWithEverywhere(text: string): Promise<string> {
  const { config, schema, ...rest } = houses({ candidates: [{ type: 'linear' }] });
  const { report } = await trainModel({ config, schema, ...rest }, { logger: silentLogger });
  return renderModelCard({
    pipeline: text,
    recipe: rest.recipe,
    config: {
      ...config,
      description: text,
      data: { ...config.data, time: text, source: { type: 'file', path: [text, text] } as never },
    },
    schema: {
      ...schema,
      target: text,
      columns: schema.columns.map((column) => ({
        ...column,
        name: column.role === 'target' ? text : column.name,
        unit: text,
        description: text,
        ...(column.categories ? { categories: [text] } : {}),
      })),
    },
    quality: { ...quality, checks: [{ ...quality.checks[0]!, check: text, message: text }] },
    training: {
      ...report,
      chosen: text,
      warnings: [text],
      candidates: report.candidates.map((candidate) => ({ ...candidate, name: text })),
      importance: report.importance.map((one) => ({ ...one, feature: text })),
    },
    evaluation: { ...evaluation, headline: text },
  });
}

test('a card says that rows are a sample, and whether more would help', async () => {
  const { report } = await trainModel(houses({ candidates: [{ type: 'linear' }] }), { logger: silentLogger });
  const sampled = { of: 31_482_113, unit: 'group' as const, columns: ['patient'] };
  const learningCurve = {
    ...{ metric: 'rmse' as const, of: ['linear'], judged: 100, verdict: 'hardly' as const },
    points: [
      { rows: 100, models: 4, loss: 3 },
      { rows: 800, models: 1, loss: 2.9 },
    ],
    twice: { lower: 0.002, interval: [0.001, 0.006] as [number, number], confidence: 0.95 },
  };
  const rows = { ...quality.rows, sampled };
  const training = { ...report, learningCurve };
  const card = readText(githubHtml(await cardOf({ quality: { ...quality, rows }, training })));
  expect(card).toContain(
    'of 31,482,113 rows (by a hash of patient, whose rows are taken together). Whatever is counted here is counted in it.',
  );
  expect(card).toContain(
    'More rows would hardly help: twice the training rows would lower rmse by 0.6% at most. Measured by linear, trained on 100 and 800 rows and judged on the same 100',
  );
});
