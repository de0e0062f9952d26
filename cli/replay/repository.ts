import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../shared/platform/clock.ts';
import { makeIgnoredFolder } from '../../shared/platform/ignored-folder.ts';
import { gitError } from '../../shared/platform/system-error.ts';

const run = promisify(execFile);

/** A git repository of a replay's own, with a work tree. */
export interface ReplayRepository {
  readonly folder: string;
  write(files: ReadonlyMap<string, Uint8Array | string>): Promise<void>;
  /** Commits all that is there; nothing when nothing changed. @returns the head. */
  commit(message: string): Promise<string>;
  head(): Promise<string>;
}

/** Makes it, empty, on the branch main. What was in the folder is gone. */
export async function createRepository(folder: string, clock: Clock): Promise<ReplayRepository> {
  await rm(folder, { recursive: true, force: true });
  makeIgnoredFolder(folder);
  await mkdir(folder, { recursive: true });
  const git = async (...words: string[]): Promise<string> => {
    const date = new Date(clock.now()).toISOString();
    const identity = [
      '-c',
      'user.name=Ciclo',
      '-c',
      'user.email=ciclo@localhost',
      '-c',
      'commit.gpgsign=false',
    ];
    const { stdout } = await run('git', ['-C', folder, ...identity, ...words], {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      maxBuffer: 2 ** 26,
    }).catch((error: unknown) => {
      throw gitError(error, `keeping the replay's repository ${folder}`);
    });
    return stdout.trim();
  };
  await git('init', '--quiet', '--initial-branch=main');
  return {
    folder,
    write: async (files) => {
      for (const [name, content] of files) {
        const file = path.join(folder, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    },
    commit: async (message) => {
      await git('add', '--all');
      const changed = await git('status', '--porcelain');
      if (changed !== '') await git('commit', '--quiet', `--message=${message}`);
      return git('rev-parse', 'HEAD');
    },
    head: () => git('rev-parse', 'HEAD'),
  };
}
