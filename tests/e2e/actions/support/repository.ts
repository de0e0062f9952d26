import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCommit } from '../../../github/commit-seed.ts';
import type { Repository } from '../../../github/state.ts';

/** The example repository, as it is in the project. */
export const example = fileURLToPath(new URL('../../../../example-repo', import.meta.url));

/** Folders of its pipelines: fuel, strikes and weather. */
export const exampleFolders = ['.', 'strikes', 'weather'] as const;

/** The example's model.yml, whose gate compares with the model in the folder `champion` of each pipeline. */
export function withChampion(workflow: string): string {
  const folder = 'working-directory: ${{ matrix.folder }}\n';
  return workflow.replace(folder, `${folder}      champion: champion\n`);
}

/** Files to write by path; null removes one. */
export type Changes = Readonly<Record<string, string | null>>;

/** A real git checkout of the example repository, whose commits the emulated GitHub knows too. */
export interface Checkout extends AsyncDisposable {
  readonly folder: string;
  read(file: string): Promise<string>;
  /** Commits changes on a branch, made from main when it is new, and leaves it checked out. @returns the commit. */
  commit(branch: string, changes: Changes): Promise<string>;
  git(...words: string[]): string;
}

/** Copies the example repository into a repository of its own, with all it has committed on main. */
export async function checkoutOfExample(github: Repository, changes: Changes = {}): Promise<Checkout> {
  const parent = await mkdtemp(path.join(tmpdir(), 'ciclo actions '));
  const folder = path.join(parent, github.name);
  await cp(example, folder, { recursive: true, filter: (source) => path.basename(source) !== '.ciclo' });
  const git = (...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...words], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', `https://github.com/${github.owner}/${github.name}.git`);

  async function commit(branch: string, changed: Changes): Promise<string> {
    for (const [file, content] of Object.entries(changed)) {
      const place = path.join(folder, file);
      await mkdir(path.dirname(place), { recursive: true });
      if (content === null) await rm(place, { recursive: true });
      else await writeFile(place, content);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'a change');
    const sha = git('rev-parse', 'HEAD');
    await mirror(branch, sha);
    return sha;
  }

  /** What the contents API is asked for: the texts, not the data. */
  async function mirror(branch: string, sha: string): Promise<void> {
    const names = git('ls-files')
      .split('\n')
      .filter((name) => /\.(yml|lock|md)$/.test(name));
    const files = await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(folder, name))] as const),
    );
    addCommit(github, { branch, sha, files: Object.fromEntries(files) });
  }

  await commit('main', changes);
  return {
    folder,
    git,
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    async commit(branch, changed) {
      const known = git('branch', '--list', branch) !== '';
      git('checkout', '--quiet', ...(known ? [branch] : ['-b', branch, 'main']));
      return commit(branch, changed);
    },
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  };
}
