import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type RunJson, runJsonSchema } from '../cli/json/json-output.ts';
import { run } from '../cli/main.ts';
import type { ExitCode } from '../cli/session/exit-codes.ts';
import type { Io } from '../cli/terminal/io.ts';

/** A pipeline to judge. */
interface Judged {
  readonly name: string;
  /** Its ciclo.yml. */
  readonly config: string;
  /** Folder of its results. */
  readonly output: string;
}

/**
 * Prepares, trains and validates a pipeline, and says in a few lines how it was judged.
 *
 * @returns 0, or 1 when its verdict is fail.
 */
export async function judge({ name, config, output }: Judged, io: Io): Promise<ExitCode> {
  const stdout = new PassThrough();
  const printed = text(stdout);
  const words = ['run', '--quiet', '--json', '--exit-code', '--config', config, '--output', output];
  const code = await run(words, { ...io, stdout });
  stdout.end();
  const json: unknown = JSON.parse(await printed);
  const parsed = runJsonSchema.safeParse(json);
  io.stdout.write(parsed.success ? linesOf(name, parsed.data, io) : `${name}: ${JSON.stringify(json)}\n`);
  return code;
}

function linesOf(name: string, { dataset, model, evaluation }: RunJson, io: Io): string {
  const { task, positive, verdict, headline, gates, report } = evaluation;
  const of = positive === undefined ? '' : `, positive class ${positive}`;
  const open = gates.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable');
  const lines = [
    headline,
    `${task} of ${dataset.rows.kept.toLocaleString('en-US')} rows${of}; ${model.chosen} is the best of ${model.candidates.length} candidates`,
    ...open.map(({ declared, outcome, message }) => `${outcome}: ${declared}: ${message}`),
    ...(report === undefined ? [] : [path.relative(io.cwd, path.resolve(io.cwd, report))]),
  ];
  return `${name} ${verdict.toUpperCase()}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
