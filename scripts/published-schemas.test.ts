import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publishedSchemas } from './published-schemas.ts';

function published(path: string): z.ZodType {
  const file = publishedSchemas().find((schema) => schema.path === path);
  if (!file) throw new Error(`no schema is published at ${path}`);
  return z.fromJSONSchema(JSON.parse(file.content));
}

const smallest = {
  task: 'regression',
  target: 'mpg',
  data: { source: { type: 'file', path: 'data/*.csv' } },
};

describe('ciclo.schema.json', () => {
  const schema = published('ciclo.schema.json');

  it('accepts what is written, with percentages and without defaults', () => {
    expect(schema.safeParse(smallest).success).toBe(true);
    const full = {
      ...smallest,
      split: { test: '20%', validation: 0.2 },
      train: { candidates: [{ type: 'neural-network', layers: [32, 16] }] },
      validate: { gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }] },
    };
    expect(schema.safeParse(full).success).toBe(true);
  });

  it.each([
    [{ ...smallest, task: 'regresion' }],
    [{ ...smallest, sedd: 1 }],
    [{ task: 'regression', target: 'mpg' }],
    [{ ...smallest, split: { test: '20' } }],
    [{ ...smallest, validate: { gates: [{ metric: 'rsme', max: 4 }] } }],
  ])('refuses %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

describe('what editors show of ciclo.yml', () => {
  it('has beside each metric’s name what it is called in plain words', () => {
    const { content } = publishedSchemas().find(({ path }) => path === 'ciclo.schema.json')!;
    const lists = [...content.matchAll(/"enum": (\[\s*"rmse"[^\]]*\]),\s*"enumDescriptions": (\[[^\]]*\])/g)];
    // The primary metric and the metrics, each by name or with a parameter, and the gates.
    expect(lists).toHaveLength(5);
    for (const [, names, words] of lists) {
      const titles = JSON.parse(words!) as string[];
      expect(titles[(JSON.parse(names!) as string[]).indexOf('roc-auc')]).toBe('area under the ROC curve');
    }
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
