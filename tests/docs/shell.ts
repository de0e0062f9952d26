import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../shared/source/testing/free-port.ts';
import { executable } from '../e2e/support/ciclo-process.ts';
import type { Block } from './markdown-files.ts';

/** How the blocks of a page ended. */
export interface Shelled {
  readonly code: number | null;
  /** What they wrote, stdout and stderr as they came. */
  readonly output: string;
}

/** A folder in which blocks of a page run, and how it is chosen. */
export type FolderOf = (block: Block) => string;

const server = /^(?:ciclo serve|node server\.mjs)\b/;

/**
 * Runs shell blocks of one page in their order, by bash, which stops at the first command that fails. Programs are the real ones; what
 * stands in for others is declared here: `npx ciclo` and `ciclo` are those of this checkout, `init` takes the answers that Enter
 * takes on a terminal (`--yes`), and `gh` only says that it was called. A line that starts a server runs beside the lines after it,
 * until the next server or the end of the page. Ports are free ones of this machine.
 *
 * @param bin an empty folder for these programs.
 * @param signal ends what still runs.
 */
export async function runBlocks(
  blocks: readonly Block[],
  folderOf: FolderOf,
  { bin, signal }: { readonly bin: string; readonly signal: AbortSignal },
): Promise<Shelled> {
  await writePrograms(bin);
  const ports = [await freePort(), await freePort()] as const;
  const script = [prelude, ...blocks.map((block) => scriptOf(block, folderOf(block), ports))];
  const { CI: _ci, GITHUB_ACTIONS: _actions, NODE_OPTIONS: _options, ...environment } = process.env;
  const child = spawn('bash', ['-s'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that all that it started can be ended
    env: {
      ...environment,
      PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}`,
      FUEL_TOKEN: 'a-token-of-a-test-only',
      GIT_AUTHOR_NAME: 'Guide',
      GIT_AUTHOR_EMAIL: 'guide@example.org',
      GIT_COMMITTER_NAME: 'Guide',
      GIT_COMMITTER_EMAIL: 'guide@example.org',
    },
  });
  signal.addEventListener('abort', () => process.kill(-child.pid!));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin.end(script.join('\n'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** A server is there when its port answers, whatever it answers; one that ends before that fails the script. */
const prelude = `set -euo pipefail
pid=
stop() { if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" || true; pid=; fi; }
trap stop EXIT
serve() {
  local port=$1; shift
  stop
  "$@" >server.log 2>&1 &
  pid=$!
  for _ in $(seq 300); do
    if curl -s -o /dev/null "localhost:$port/ping"; then return; fi
    kill -0 "$pid" 2>/dev/null || { cat server.log; return 1; }
    sleep 0.1
  done
  return 1
}`;

function scriptOf(
  { file, line, text }: Block,
  folder: string,
  [first, second]: readonly [number, number],
): string {
  const lines = text
    .replaceAll('8080', String(first))
    .replaceAll('9000', String(second))
    .split('\n')
    .map((command) => {
      if (!server.test(command)) return command;
      const own = /--port/.test(command) || command.startsWith('node');
      const port = command.includes(String(second)) ? second : first;
      const words = command.replace(/\s+#.*$/, '');
      return `PORT=${port} serve ${port} ${words}${own ? '' : ` --port ${port}`}`;
    });
  return [`echo '== ${file}:${line}'`, `cd ${JSON.stringify(folder)}`, ...lines].join('\n');
}

async function writePrograms(bin: string): Promise<void> {
  await mkdir(bin, { recursive: true });
  const programs = {
    ciclo: `if [ "$1" = init ]; then set -- "$@" --yes; fi\nexec node ${JSON.stringify(executable)} "$@"`,
    npx: `[ "$1" = ciclo ] || { echo "npx $1: not in a guide" >&2; exit 1; }\nexec "$@"`,
    gh: 'echo "gh $*"',
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(path.join(bin, name), `#!/bin/bash\n${text}\n`);
    await chmod(path.join(bin, name), 0o755);
  }
}
