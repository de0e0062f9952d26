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
  /** Tells the emulated GitHub that what is checked out has been pushed to a branch. @returns the commit. */
  mirror(branch: string): Promise<string>;
}

/** Copies the example repository into a repository of its own, with all it has committed on main. */
export async function checkoutOfExample(github: Repository, changes: Changes = {}): Promise<Checkout> {
  const parent = await mkdtemp(path.join(tmpdir(), 'ciclo actions '));
  const folder = path.join(parent, github.name);
  await cp(example, folder, { recursive: true, filter: (source) => path.basename(source) !== '.ciclo' });
  const checkout = checkoutIn(folder, github);
  checkout.git('init', '--quiet', '--initial-branch', 'main');
  checkout.git('remote', 'add', 'origin', `https://github.com/${github.owner}/${github.name}.git`);
  await commitIn(checkout, 'main', changes);
  return { ...checkout, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) };
}

/** A checkout that is there already. Who disposes of it keeps the folder. */
export function checkoutIn(folder: string, github: Repository): Checkout {
  const git = (...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...words], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const checkout: Checkout = {
    folder,
    git,
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    /** What the contents API is asked for: the texts, not the data. */
    async mirror(branch) {
      const names = git('ls-files')
        .split('\n')
        .filter((name) => /\.(yml|lock|md)$/.test(name));
      const files = await Promise.all(
        names.map(async (name) => [name, await readFile(path.join(folder, name))] as const),
      );
      const sha = git('rev-parse', 'HEAD');
      addCommit(github, { branch, sha, files: Object.fromEntries(files) });
      return sha;
    },
    async commit(branch, changed) {
      const known = git('branch', '--list', branch) !== '';
      git('checkout', '--quiet', ...(known ? [branch] : ['-b', branch, 'main']));
      return commitIn(checkout, branch, changed);
    },
    async [Symbol.asyncDispose]() {},
  };
  return checkout;
}

/** Commits changes on the branch that is checked out. @returns the commit. */
async function commitIn(
  { folder, git, mirror }: Checkout,
  branch: string,
  changed: Changes,
): Promise<string> {
  for (const [file, content] of Object.entries(changed)) {
    const place = path.join(folder, file);
    await mkdir(path.dirname(place), { recursive: true });
    if (content === null) await rm(place, { recursive: true });
    else await writeFile(place, content);
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'a change');
  return mirror(branch);
}
