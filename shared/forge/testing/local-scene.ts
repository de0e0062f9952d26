import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalForge } from '../local/local-forge.ts';
import { openPullRequest } from '../local/pull-requests.ts';
import type { LocalStore } from '../local/store.ts';
import { changedFiles, type Files, type ForgeScene, mainFiles } from './forge-scene.ts';

/** The scene in a local forge, in folders whose names have a space. */
export interface LocalScene extends ForgeScene {
  readonly store: LocalStore;
}

export async function openLocalScene(): Promise<LocalScene> {
  const root = await mkdtemp(path.join(tmpdir(), 'ciclo forge '));
  const repository = path.join(root, 'repository');
  await mkdir(repository);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  async function commit(files: Files): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(repository, name)), { recursive: true });
      await writeFile(path.join(repository, name), content);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message=change');
    return git('rev-parse', 'HEAD').trim();
  }
  const mainCommit = await commit(mainFiles);
  git('checkout', '--quiet', '-b', 'change');
  const head = await commit(changedFiles);
  const store = { repository, folder: path.join(root, 'forge'), author: 'ciclo', name: 'ciclo-ml/fuel' };
  const { number } = await openPullRequest(
    { ...store, author: 'octocat' },
    { head: 'change', base: 'main', title: 'Another file' },
  );
  const fork = await openPullRequest(store, { head: 'main', base: 'main', from: 'visitor/fuel' });
  return {
    forge: createLocalForge(store),
    store,
    owner: 'ciclo-ml',
    repository: store.name,
    pullRequest: number,
    forkPullRequest: fork.number,
    commit: head,
    mainCommit,
    push: commit,
    plantTag: async (name, at, kind) => {
      if (kind === 'annotated') git('tag', '--annotate', `--message=${name}`, name, at);
      else git('tag', name, at);
    },
    commitAs: async (author, branch, files) => {
      const { branches } = createLocalForge({ ...store, author });
      const expectedHead = await branches.head(branch);
      const by = { pipeline: 'fuel', message: 'by hand', files: new Map(Object.entries(files)) };
      return branches.commit({ ...by, branch, expectedHead });
    },
    merge: async (one) => (await createLocalForge(store).pullRequests.merge(one)).mergedCommit!,
    comment: async (author, body) =>
      (await createLocalForge({ ...store, author }).comments.create(number, body)).id,
    openIssue: async (author, issue) =>
      (await createLocalForge({ ...store, author }).issues.create(issue)).number,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
