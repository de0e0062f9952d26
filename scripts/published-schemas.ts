import { z } from 'zod';
import { lockSchema } from '../shared/config/lock/lock.ts';
import { configSchema } from '../shared/config/sections/schema.ts';
import { historyLineSchema } from '../shared/drift/history/history-line.ts';
import { monitorReportSchema } from '../shared/drift/history/monitor-report.ts';
import { evaluationSchema } from '../shared/metrics/evaluation/evaluation.ts';
import type { GeneratedFile } from './generated-file.ts';
import { filteredByTask } from './task-conditions.ts';

const home = 'https://raw.githubusercontent.com/ciclo-ml/ciclo/main';

function schemaFile(
  path: string,
  title: string,
  schema: z.ZodType,
  io: 'input' | 'output',
  change: (document: Record<string, unknown>) => Record<string, unknown> = (document) => document,
): GeneratedFile {
  // Draft 7: what editors' YAML support reads best.
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-7' });
  const document = { $schema, $id: `${home}/${path}`, title, ...change(rest) };
  return { path, content: `${JSON.stringify(document, null, 2)}\n` };
}

/** The JSON Schemas that are published in the repository, from the zod schemas that check the files. */
export function publishedSchemas(): GeneratedFile[] {
  return [
    schemaFile('ciclo.schema.json', 'ciclo.yml: a Ciclo pipeline', configSchema, 'input', filteredByTask),
    schemaFile(
      'schemas/ciclo-lock.schema.json',
      'ciclo.lock: the data that a Ciclo pipeline reads',
      lockSchema,
      'input',
    ),
    schemaFile(
      'schemas/evaluation.schema.json',
      'evaluation.json: the judgement of one model on unseen data',
      evaluationSchema,
      'output',
    ),
    schemaFile(
      'schemas/drift.schema.json',
      'drift.json: what a check for drift found',
      monitorReportSchema,
      'output',
    ),
    schemaFile(
      'schemas/history-line.schema.json',
      'A line of ciclo-history: a check for drift and what was done about it',
      historyLineSchema,
      'output',
    ),
  ];
}
