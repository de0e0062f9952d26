import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { tasks } from '../shared/metrics/descriptors/descriptor.ts';
import { metricsOf } from '../shared/metrics/descriptors/descriptors.ts';
import { publishedSchemas } from './published-schemas.ts';

interface Part {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly [keyword: string]: unknown;
}

function published(path: string): Part {
  const file = publishedSchemas().find((schema) => schema.path === path);
  if (!file) throw new Error(`no schema is published at ${path}`);
  return JSON.parse(file.content);
}

/** Whether a document is accepted, by a validator that others wrote. */
function validator(path: string): (value: unknown) => boolean {
  // Editors know more words than the validator does: enumDescriptions.
  return new Ajv({ strict: false }).compile(published(path));
}

const smallest = {
  task: 'regression',
  target: 'mpg',
  data: { source: { type: 'file', path: 'data/*.csv' } },
};

describe('ciclo.schema.json', () => {
  const accepts = validator('ciclo.schema.json');

  it('accepts what is written, with percentages and without defaults', () => {
    expect(accepts(smallest)).toBe(true);
    const full = {
      ...smallest,
      split: { test: '20%', validation: 0.2 },
      train: { candidates: [{ type: 'neural-network', layers: [32, 16] }] },
      validate: { gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }] },
    };
    expect(accepts(full)).toBe(true);
  });

  it.each([
    [{ ...smallest, task: 'regresion' }],
    [{ ...smallest, sedd: 1 }],
    [{ task: 'regression', target: 'mpg' }],
    [{ ...smallest, split: { test: '20' } }],
    [{ ...smallest, validate: { gates: [{ metric: 'rsme', max: 4 }] } }],
    // What another task has.
    [{ ...smallest, validate: { gates: [{ metric: 'roc-auc', min: 0.8 }] } }],
    [{ ...smallest, task: 'binary', validate: { metrics: ['rmse'] } }],
    [{ ...smallest, task: 'multiclass', validate: { primary: { metric: 'f-beta', beta: 2 } } }],
    [{ ...smallest, positive: 'yes' }],
    [{ ...smallest, task: 'multiclass', validate: { decision: { threshold: 0.4 } } }],
  ])('refuses %j', (value) => {
    expect(accepts(value)).toBe(false);
  });
});

describe('what editors show of ciclo.yml', () => {
  const document = published('ciclo.schema.json');
  const lists = (part: unknown): [string, string][] =>
    [...JSON.stringify(part).matchAll(/"enum":(\[[^\]]*\]),"enumDescriptions":(\[[^\]]*\])/g)].map(
      ([, names, words]) => [names!, words!],
    );

  it('offers the metrics that judge a model of the task, and all before the task is written', () => {
    const { allOf, properties } = document as { allOf: { if: unknown; then: unknown }[]; properties: Part };
    expect(lists(properties)).toEqual([]);
    const offered = (condition: unknown) =>
      allOf
        .filter((one) => JSON.stringify(one.if) === JSON.stringify(condition))
        .flatMap(({ then }) => lists(then));
    for (const task of tasks) {
      const found = offered({ properties: { task: { const: task } }, required: ['task'] });
      // The primary metric and the metrics, each by name or with a parameter, and the gates.
      expect(found).toHaveLength(5);
      for (const [names] of found) expect(JSON.parse(names)).toEqual(metricsOf(task));
    }
    expect(offered({ not: { required: ['task'] } })).toHaveLength(5);
  });

  it('has beside each metric’s name what it is called in plain words', () => {
    for (const [names, words] of lists(document).filter(([one]) => one.includes('roc-auc'))) {
      const titles = JSON.parse(words) as string[];
      expect(titles[(JSON.parse(names) as string[]).indexOf('roc-auc')]).toBe('area under the ROC curve');
    }
  });

  it('says what each section is for, and each key of it', () => {
    const silent = Object.entries(document.properties!).flatMap(([name, section]) => [
      ...(section.description === undefined ? [name] : []),
      ...Object.entries(section.properties ?? {})
        .filter(([, key]) => key.description === undefined)
        .map(([key]) => `${name}.${key}`),
    ]);
    expect(silent).toEqual([]);
  });
});

describe('the published schemas', () => {
  it('carry an address, a title and the draft that editors read', () => {
    for (const { path, content } of publishedSchemas()) {
      const document = JSON.parse(content) as { $schema: string; $id: string; title: string };
      expect(document.$schema).toBe('http://json-schema.org/draft-07/schema#');
      expect(document.$id.endsWith(`/${path}`)).toBe(true);
      expect(document.title).not.toBe('');
    }
  });
});
