import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type GeneratedFile, replaceBetween } from './generated-file.ts';
import { markdownTable } from './markdown-table.ts';

const field = z.looseObject({
  description: z.string(),
  type: z.string().optional(),
  required: z.boolean().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
type Field = z.output<typeof field>;

const fields = z.record(z.string(), field).default({});
const interfaceOf = {
  action: z.looseObject({ inputs: fields, outputs: fields }),
  workflow: z.looseObject({
    on: z.looseObject({
      workflow_call: z.looseObject({ inputs: fields, secrets: fields, outputs: fields }),
    }),
  }),
};

/** What a caller of an action or reusable workflow gives and gets. */
export interface Interface {
  readonly inputs: Readonly<Record<string, Field>>;
  readonly secrets: Readonly<Record<string, Field>>;
  readonly outputs: Readonly<Record<string, Field>>;
}

/** Inputs and outputs that an action.yml declares. */
export function parseActionInterface(text: string): Interface {
  const { inputs, outputs } = interfaceOf.action.parse(parse(text));
  return { inputs, secrets: {}, outputs };
}

/** Inputs, secrets and outputs that a reusable workflow declares. */
export function parseWorkflowInterface(text: string): Interface {
  return interfaceOf.workflow.parse(parse(text)).on.workflow_call;
}

function defaultOf({ default: value, required }: Field): string {
  if (value === undefined) return required === true ? '**required**' : '';
  return value === '' ? 'empty' : `\`${value}\``;
}

/** Inputs, secrets and outputs as Markdown tables. */
export function interfaceTables({ inputs, secrets, outputs }: Interface): string {
  const rows = (of: Readonly<Record<string, Field>>, cells: (field: Field) => string[]): string[][] =>
    Object.entries(of).map(([name, value]) => [`\`${name}\``, ...cells(value)]);
  const withDefault = (value: Field): string[] => [defaultOf(value), value.description];
  const tables = [markdownTable(['Input', 'Default', ''], rows(inputs, withDefault))];
  if (Object.keys(secrets).length > 0)
    tables.push(
      markdownTable(
        ['Secret', ''],
        rows(secrets, ({ description }) => [description]),
      ),
    );
  tables.push(
    markdownTable(
      ['Output', ''],
      rows(outputs, ({ description }) => [description]),
    ),
  );
  return `${tables.join('\n\n')}\n`;
}

const guide = 'docs/guides/github-actions.md';

/** The README of each action, and the guide's tables of the reusable workflows. */
export async function actionTables(root: string, names: readonly string[]): Promise<GeneratedFile[]> {
  const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');
  const readmes = await Promise.all(
    names.map(async (name): Promise<GeneratedFile> => {
      const tables = interfaceTables(parseActionInterface(await read(`actions/${name}/action.yml`)));
      const file = `actions/${name}/README.md`;
      return { path: file, content: replaceBetween(await read(file), 'interface', tables) };
    }),
  );
  let text = await read(guide);
  for (const name of ['gate', 'deploy', 'drift', 'pages', 'comment']) {
    const tables = interfaceTables(parseWorkflowInterface(await read(`.github/workflows/${name}.yml`)));
    text = replaceBetween(text, name, tables);
  }
  return [...readmes, { path: guide, content: text }];
}
