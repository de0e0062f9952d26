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

/** A key of a schema: where it is written, and what is said of it. */
interface Key {
  readonly path: string;
  readonly part: Part;
  readonly required: boolean;
}

/** The keys of a schema at every depth; those of conditions are the same keys again. */
function keysOf(part: Part, path = ''): Key[] {
  const under = (child: unknown, suffix: string): Key[] =>
    typeof child === 'object' && child !== null ? keysOf(child as Part, `${path}${suffix}`) : [];
  const required = (part.required ?? []) as readonly string[];
  return [
    ...Object.entries(part.properties ?? {}).flatMap(([name, child]) => {
      const own = path === '' ? name : `${path}.${name}`;
      return [{ path: own, part: child, required: required.includes(name) }, ...keysOf(child, own)];
    }),
    ...under(part.items, '[]'),
    ...under(part.additionalProperties, '.*'),
    ...[part.anyOf, part.oneOf].flatMap((ways) =>
      ((ways ?? []) as readonly Part[]).flatMap((way) => keysOf(way, path)),
    ),
  ];
}

/** Keys of which one is written, or as many as are wanted: none of them has a value where it is left out. */
const oneOfThem = new RegExp(
  [
    String.raw`^data\.(source|sources)$`,
    String.raw`^data\.steps\[\]\.(filter|derive|join|group|select|rename|union|dedupe)$`,
    String.raw`\.rollup\.\*\.\w+$`,
    String.raw`^validate\.gates\[\]\.(min|max|champion|train-gap|baseline)$`,
    String.raw`^validate\.gates\[\]\.champion\.(worse-by-at-most|better-by-at-least)$`,
    String.raw`^validate\.decision\.(threshold|costs)$`,
    String.raw`^monitor\.window\.(last-rows|last|calendar)$`,
  ].join('|'),
);

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

  it('says what each section is for, and each key in it, however deep', () => {
    expect(
      keysOf(document)
        .filter(({ part }) => !part.description)
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('says what holds where a key is left out', () => {
    const silent = keysOf(document).filter(
      ({ path, part, required }) =>
        !required &&
        !oneOfThem.test(path) &&
        part.default === undefined &&
        !/default/i.test(part.description!),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
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
