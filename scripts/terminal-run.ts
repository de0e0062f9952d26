import { spawn } from 'node:child_process';
import { screenOf } from './terminal-screen.ts';

/** The mark of a question that waits for its answer, and of one that has it. */
const [open, closed] = [/^◆ {2}/m, /^◇ {2}/gm];

/**
 * Runs a line of bash on a terminal of 80 columns, and answers each question with Enter, as somebody who takes what is
 * proposed. Needs `script` of util-linux.
 *
 * @returns what stands on the terminal in the end.
 * @throws Error with it, when the line fails.
 */
export async function runOnTerminal(
  line: string,
  { cwd, environment }: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
): Promise<string> {
  const child = spawn(
    'script',
    ['--quiet', '--return', '--flush', '--command', `stty cols 80 rows 60; ${line}`, '/dev/null'],
    {
      cwd,
      env: { ...environment, SHELL: '/bin/bash', TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let [sent, answered] = ['', 0];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      sent += text;
      const screen = screenOf(sent);
      // A question is answered once, however often it is drawn.
      if (!open.test(screen) || (screen.match(closed) ?? []).length < answered) return;
      answered += 1;
      child.stdin.write('\r');
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const screen = screenOf(sent);
  if (code !== 0) throw new Error(`${line} ended with ${code}:\n${screen}`);
  return screen;
}
