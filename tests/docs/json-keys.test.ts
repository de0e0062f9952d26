import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commandList } from '../../cli/command-list.ts';
import { doctorJsonSchema } from '../../cli/json/json-doctor.ts';
import { validateJsonSchema } from '../../cli/json/json-evaluation.ts';
import { initJsonSchema } from '../../cli/json/json-init.ts';
import { retrainJsonSchema } from '../../cli/json/json-monitor.ts';
import {
  errorJsonSchema,
  lockJsonSchema,
  predictJsonSchema,
  prepareJsonSchema,
  runJsonSchema,
  trainJsonSchema,
} from '../../cli/json/json-output.ts';
import {
  badgeJsonSchema,
  deployJsonSchema,
  siteJsonSchema,
  verifyJsonSchema,
  versionsJsonSchema,
} from '../../cli/json/json-versions.ts';
import { textOf } from '../workflows/project-files.ts';

/** What the guide says of `--json`, by the command, or by the words that a paragraph begins with. */
const parts = textOf('docs/guides/command-line.md')
  .split('\n## --json\n')[1]!
  .split(/^(?=\*\*)/m)
  .slice(1)
  .map((part) => [/^\*\*`?(.+?)`?\*\*/.exec(part)![1]!, part] as const);

/** Where a key stands for a whole that another page or schema describes. */
const elsewhere = new Set(['dataset', 'model', 'evaluation', 'lock']);

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape | readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly additionalProperties?: Shape | boolean;
}

/** Keys of an object and of all objects in it. */
function keysOf(shape: Shape): string[] {
  const inner = [shape.items, shape.anyOf, shape.additionalProperties].flat();
  return [
    ...Object.entries(shape.properties ?? {}).flatMap(([key, value]) => [
      key,
      ...(elsewhere.has(key) ? [] : keysOf(value)),
    ]),
    ...inner.flatMap((one) => (typeof one === 'object' ? keysOf(one) : [])),
  ];
}

const schemas = {
  init: initJsonSchema,
  doctor: doctorJsonSchema,
  run: runJsonSchema,
  prepare: prepareJsonSchema,
  train: trainJsonSchema,
  validate: validateJsonSchema,
  lock: lockJsonSchema,
  deploy: deployJsonSchema,
  site: siteJsonSchema,
  badge: badgeJsonSchema,
  versions: versionsJsonSchema,
  retrain: retrainJsonSchema,
  verify: verifyJsonSchema,
  predict: predictJsonSchema,
  'When a command ends without a result': errorJsonSchema,
};

describe('what --json prints', () => {
  test.each(Object.entries(schemas))('of %s is described, each key', (name, schema) => {
    const text = parts.find(([title]) => title === name)?.[1] ?? '';
    const keys = new Set(keysOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Shape));
    const isNamed = (key: string): boolean => new RegExp(String.raw`(?<![\w-])${key}(?![\w-])`).test(text);
    expect([...keys].filter((key) => !isNamed(key))).toEqual([]);
  });

  test('is described of every command that has it', () => {
    const titles = parts.map(([title]) => title);
    const names = commandList.map(({ term }) => term.split(' ')[0]!);
    const without = ['completion', 'help', 'serve'];
    expect(names.filter((name) => !without.includes(name) && !titles.includes(name))).toEqual([]);
  });
});
