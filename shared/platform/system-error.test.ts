import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { gitError, SystemError, systemMessage } from './system-error.ts';

const run = promisify(execFile);
const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what the operating system refuses', () => {
  test.runIf(existsSync('/dev/full'))('is told where the error names no path: a full disk', async () => {
    const error = await thrown(writeFile('/dev/full', 'x'));
    expect(systemMessage(error)).toBe('cannot write a file: the disk is full: make room and run again');
  });

  test('is found below what wrapped it', () => {
    const inner = Object.assign(new Error('EMFILE: too many open files'), {
      code: 'EMFILE',
      syscall: 'open',
      path: '/a',
    });
    expect(systemMessage(new Error('reading rows', { cause: new Error('one', { cause: inner }) }))).toBe(
      'cannot open /a: too many files are open: raise the limit (ulimit -n)',
    );
  });

  test('is a program that is not there', async () => {
    const error = await thrown(run('no-such-program', []));
    expect(systemMessage(error)).toMatch(/^cannot run no-such-program: it is not here: install it/);
  });

  test('is nothing else: a missing file and a bug are not among it', async () => {
    expect(systemMessage(await thrown(writeFile('/nowhere/x', 'x')))).toBeUndefined();
    expect(systemMessage(new TypeError('x is undefined'))).toBeUndefined();
  });
});

describe('what git refuses', () => {
  test('is told with git’s words and what helps: a lock that was left, an owner that is another', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-git-'));
    try {
      const git = (...words: string[]) => run('git', ['-C', folder, ...words]);
      await git('init', '--quiet');
      await writeFile(path.join(folder, 'a.txt'), 'a');
      await writeFile(path.join(folder, '.git', 'index.lock'), '');
      const error = gitError(await thrown(git('add', '--all')), 'keeping what changed');
      expect(error).toBeInstanceOf(SystemError);
      expect(error.message).toMatch(
        /^keeping what changed: git says: fatal: Unable to create '.*index\.lock': File exists\.: another git holds the lock, .* or remove .*index\.lock when none runs$/,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const owner = { stderr: "fatal: detected dubious ownership in repository at '/srv/models'\nTo add…" };
    expect(gitError(Object.assign(new Error(), owner), 'looking').message).toMatch(
      /git config --global --add safe\.directory \/srv\/models$/,
    );
  });

  test('is not there at all', async () => {
    const error = await thrown(run('git', ['status'], { env: { PATH: '/nowhere' } }));
    expect(gitError(error, 'looking for the git repository').message).toBe(
      'looking for the git repository: git is not here: install it, or put it on the PATH',
    );
  });
});
