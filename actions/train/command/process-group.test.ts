import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../shared/source/testing/temporary-folder.ts';
import { type GroupEnd, runInGroup } from './process-group.ts';

const environment = { PATH: process.env.PATH ?? '' };

async function run(
  run: string,
  { timeout = 60_000, directory = '/' } = {},
): Promise<{ end: GroupEnd; lines: string[] }> {
  const lines: string[] = [];
  const end = await runInGroup({ run, directory, environment, timeout, onLine: (line) => lines.push(line) });
  return { end, lines };
}

/** Whether a process with this number still runs; one that has ended and was not yet waited for does not. */
async function isRunning(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/\) [ZX] /.test(status);
}

/** Waits until something holds; the test's own time limit ends it. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a command in a group of its own', () => {
  test('tells its lines on both streams, those that are drawn over each other too', async () => {
    const { end, lines } = await run(
      String.raw`printf 'one\ntwo\r\nthree\rfour\n\n  \033[31mred\033[0m  \nlast' ; echo 'to stderr' >&2`,
    );
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(lines.filter((line) => line !== 'to stderr')).toEqual([
      'one',
      'two',
      'three',
      'four',
      '  red',
      'last',
    ]);
    expect(lines).toContain('to stderr');
  });

  test('fails as its first failing part does, in a pipe too', async () => {
    expect((await run('exit 3')).end).toEqual({ kind: 'exit', code: 3 });
    expect((await run('false; echo on')).end).toEqual({ kind: 'exit', code: 1 });
    expect((await run('(exit 5) | cat')).end).toEqual({ kind: 'exit', code: 5 });
    expect((await run('no-such-program-here')).end).toEqual({ kind: 'exit', code: 127 });
    expect((await run('kill -TERM $$')).end).toEqual({ kind: 'signal', signal: 'SIGTERM' });
  });

  test('is ended with all that it started when it takes too long', async () => {
    const { end, lines } = await run('trap "" TERM; sleep 300 & echo $!; echo $$; sleep 300', {
      timeout: 500,
    });
    expect(end).toEqual({ kind: 'timeout' });
    expect(lines).toHaveLength(2);
    for (const pid of lines) await until(async () => !(await isRunning(pid)));
  });

  test('leaves nothing behind that it had started, and does not wait for it', async () => {
    const { end, lines } = await run('sleep 300 & echo $!');
    expect(end).toEqual({ kind: 'exit', code: 0 });
    await until(async () => !(await isRunning(lines[0]!)));
  });

  test('waits for nobody who left the group and holds its output open', async () => {
    await using folder = await temporaryFolder({});
    const leaver =
      "setsid bash -c 'echo $$ > pid; touch ready; exec sleep 30' & until [ -e ready ]; do sleep 0.01; done; echo done";
    const { end, lines } = await run(leaver, { directory: folder.path });
    // Out of the group it is out of reach; the test ends it.
    process.kill(Number(await readFile(path.join(folder.path, 'pid'), 'utf8')), 'SIGKILL');
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(lines).toEqual(['done']);
  });

  test('gets the variables that it is given and no other', async () => {
    const { lines } = await run('env | cut -d= -f1 | sort');
    expect(lines.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['PATH']);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'goes with the process that runs it, at a %s',
    async (signal) => {
      await using folder = await temporaryFolder({
        'host.ts': `
        import { runInGroup } from ${JSON.stringify(pathToFileURL(path.resolve(import.meta.dirname, 'process-group.ts')).href)};
        await runInGroup({
          run: 'trap "" TERM INT; echo $$ > leader; sleep 300 & echo $! > child; touch ready; sleep 300',
          directory: process.cwd(), environment: { PATH: process.env.PATH }, timeout: 1e9, onLine: () => {},
        });`,
      });
      const host = spawn(process.execPath, ['host.ts'], { cwd: folder.path });
      await until(() => existsSync(path.join(folder.path, 'ready')));
      host.kill(signal);
      const [, ended] = await once(host, 'exit');
      expect(ended).toBe(signal);
      for (const file of ['leader', 'child']) {
        const pid = (await readFile(path.join(folder.path, file), 'utf8')).trim();
        await until(async () => !(await isRunning(pid)));
      }
    },
  );
});
