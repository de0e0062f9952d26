import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** One step of a job, as the runner starts it. */
export interface EntryStep {
  readonly step: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly event: string;
  readonly payload: unknown;
  readonly environment: Readonly<Record<string, string>>;
  /** Called with the process and what it has logged so far, at every piece of it. */
  readonly watch?: ((child: ChildProcess, log: string) => void) | undefined;
}

/** What the step left. */
export interface EntryEnded {
  readonly code: number | null;
  /** The log, workflow commands included. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The Markdown of the run's summary page. */
  readonly summary: string;
}

/** Runs the entry as a process of its own, with the files and variables that GitHub's runner gives it. */
export async function runEntry(step: EntryStep): Promise<EntryEnded> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-entry-'));
  try {
    const file = (name: string): string => path.join(scratch, name);
    await writeFile(file('event.json'), JSON.stringify(step.payload));
    await writeFile(file('output'), '');
    await writeFile(file('summary'), '');
    const child = spawn(process.execPath, [main], {
      cwd: step.workspace,
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        CI: 'true',
        INPUT_STEP: step.step,
        INPUT_INPUTS: JSON.stringify(step.inputs),
        GITHUB_EVENT_NAME: step.event,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_WORKSPACE: step.workspace,
        ...step.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        step.watch?.(child, log);
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return {
      code,
      log,
      outputs: parseOutputs(await readFile(file('output'), 'utf8')),
      summary: await readFile(file('summary'), 'utf8'),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The runner's file of outputs: `name<<delimiter`, lines, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name, , value] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)) outputs[name!] = value!;
  return outputs;
}
