import { spawn } from 'node:child_process';
import { executable } from './ciclo-process.ts';

/** A row of the example's pipeline fuel, as a client sends it. */
export const car = {
  cylinders: 4,
  displacement: 97,
  horsepower: 88,
  weight: 2130,
  acceleration: 14.5,
  origin: 'Japan',
};

/** A server that `ciclo serve` started. */
export interface Served {
  readonly url: string;
  /** Ends it as an orchestrator does. @returns the exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once: for what a test leaves behind. */
  [Symbol.dispose](): void;
}

/**
 * Starts `ciclo serve` on a free port and waits until it says where.
 *
 * @param cwd the folder of ciclo.yml.
 * @param program another file than {@link executable}: that of an installed package.
 * @throws Error with all that it said when it ends before that.
 */
export async function serve(
  { cwd, program = executable }: { readonly cwd: string; readonly program?: string },
  ...flags: readonly string[]
): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...flags], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const found = /"url":"(http:[^"]+)"/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.on('close', () => reject(new Error(`ciclo serve ended:\n${text}`)));
  });
  return {
    url,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** Sends JSON, and gives status and answer. */
export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}
