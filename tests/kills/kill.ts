// One kill: a verb is started, stopped at some moment, looked at, and run again.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { executable } from '../e2e/support/ciclo-process.ts';
import { git, stateOf } from './repository.ts';

/** Who is stopped, and how: the process; it and the children that it has started; the process, politely. */
export type Manner = 'kill' | 'kill-all' | 'terminate';

export interface Reference {
  readonly mayDiffer: readonly string[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly code: number | null;
  readonly milliseconds: number;
}

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly text: string;
  readonly milliseconds: number;
}

/** Runs a verb, and stops it after some time if it has not ended. */
export function start(
  folder: string,
  argv: readonly string[],
  stop?: { after: number; manner: Manner },
): Promise<End> {
  const { CI: _ci, ...environment } = process.env;
  const begun = performance.now();
  const child = spawn(process.execPath, [executable, ...argv, '--quiet'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  const timer =
    stop &&
    setTimeout(() => {
      try {
        process.kill(
          stop.manner === 'kill-all' ? -child.pid! : child.pid!,
          stop.manner === 'terminate' ? 'SIGTERM' : 'SIGKILL',
        );
      } catch {
        // It had ended.
      }
    }, stop.after);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, text, milliseconds: performance.now() - begun });
    });
  });
}

/** What is wrong after a stop and after the same verb again; empty when nothing is. */
export async function faultsAfter(
  folder: string,
  argv: readonly string[],
  reference: Reference,
): Promise<string[]> {
  const faults = halves(folder, reference);
  const again = await startAgain(folder, argv);
  if (again.code !== reference.code)
    faults.push(`run again it ended with ${again.code}, not ${reference.code}: ${again.text}`);
  const now = stateOf(folder);
  for (const name of new Set([...now.keys(), ...reference.after.keys()])) {
    if (!reference.mayDiffer.includes(name) && now.get(name) !== reference.after.get(name))
      faults.push(
        `run again, ${name} is ${now.get(name) ?? 'missing'}, not ${reference.after.get(name) ?? 'missing'}`,
      );
  }
  const left = leftovers(folder);
  if (left.length > 0) faults.push(`run again, ${left.join(', ')} is left over`);
  return faults;
}

/** A lock of git's own that a killed git left is named by Ciclo; whoever removes it can go on. */
async function startAgain(folder: string, argv: readonly string[]): Promise<End> {
  const again = await start(folder, argv);
  const locks = readdirSync(path.join(folder, '.git'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.lock'),
  );
  if (again.code !== 2 || locks.length === 0 || !again.text.includes('.lock')) return again;
  for (const name of locks) await rm(path.join(folder, '.git', name));
  return start(folder, argv);
}

/** Results that are neither as before nor as after. */
function halves(folder: string, { before, after }: Reference): string[] {
  const faults: string[] = [];
  const unfinished = new Set(
    leftovers(folder)
      .map((name) => /\.([a-z]+)-[0-9a-f]+\.tmp\.old$/.exec(name)?.[1])
      .filter((kind) => kind !== undefined),
  );
  for (const [name, value] of stateOf(folder)) {
    const isAside = unfinished.has(name.replace('.ciclo/', ''));
    if (value !== before.get(name) && value !== after.get(name) && !isAside && !mayGrow(name)) {
      faults.push(`after the stop, ${name} is neither as before nor as after: ${value}`);
    }
  }
  git(folder, 'fsck', '--no-dangling', '--no-progress');
  return faults;
}

/** How a deployment stands goes through several states, and each is true in its time. */
const mayGrow = (name: string): boolean => name.startsWith('deployment of ');

function leftovers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tmp(\.old)?$/.test(name) && !name.startsWith('.git/'),
  );
}
