import { addCommit, push } from '../../../tests/github/commit-seed.ts';
import { addIssue, mergePullRequest } from '../../../tests/github/proposal-seed.ts';
import { addComment, addRepository, addToken, openPullRequest } from '../../../tests/github/seed.ts';
import { type GitHub, startGitHub } from '../../../tests/github/server.ts';
import type { Permission, Repository, Token } from '../../../tests/github/state.ts';
import { addTag } from '../../../tests/github/tag-seed.ts';
import { fixedClock } from '../../platform/clock.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { createGitHubForge } from '../github/github-forge.ts';
import type { GitHubForgeOptions } from '../github/session.ts';
import { changedFiles, type ForgeScene, mainFiles } from './forge-scene.ts';

/** The scene on the emulated GitHub. Disposing it asserts that GitHub's description was kept to. */
export interface GitHubScene extends ForgeScene {
  readonly github: GitHub;
  readonly seeded: Repository;
  readonly log: readonly LogEntry[];
  /** What the forge was made with. */
  readonly options: GitHubForgeOptions;
}

export const testToken = 'ghs_0123456789';

export interface GitHubSceneOptions {
  readonly token?: Partial<Token>;
  readonly tokenValue?: string;
  readonly basePath?: string;
  readonly forge?: Partial<GitHubForgeOptions>;
}

/** What the job that deploys grants. */
export const deployGrants: Readonly<Record<string, Permission>> = {
  contents: 'write',
  actions: 'read',
  checks: 'write',
  deployments: 'write',
  pull_requests: 'read',
};

/** The scene as the job that deploys finds it. */
export function openDeployScene(options: GitHubSceneOptions = {}): Promise<GitHubScene> {
  return openGitHubScene({ token: { permissions: deployGrants }, ...options });
}

/** What the job that retrains grants. */
export const retrainGrants: Readonly<Record<string, Permission>> = {
  contents: 'write',
  actions: 'read',
  checks: 'write',
  issues: 'write',
  pull_requests: 'write',
};

/** The scene as the job that retrains finds it. */
export function openRetrainScene(options: GitHubSceneOptions = {}): Promise<GitHubScene> {
  return openGitHubScene({ token: { permissions: retrainGrants }, ...options });
}

/** What the emulator was asked, `POST /git/refs`, in order. */
export function calls({ github }: GitHubScene): readonly string[] {
  return github.requests.map(({ method, path }) => `${method} ${path.replace('/repos/ciclo-ml/fuel', '')}`);
}

/** Waits so small that no test does. */
const waits = { backoff: 1, timeout: 5000 };

export async function openGitHubScene(options: GitHubSceneOptions = {}): Promise<GitHubScene> {
  const { basePath = '', tokenValue = testToken } = options;
  const github = await startGitHub({ basePath });
  const seeded = addRepository(github.state, 'ciclo-ml/fuel');
  addCommit(seeded, { branch: 'main', files: mainFiles });
  addCommit(seeded, { branch: 'change', files: { ...mainFiles, ...changedFiles } });
  const fork = addRepository(github.state, 'visitor/fuel', { fork: true });
  const { number, head } = openPullRequest(github.state, seeded, { branch: 'change' });
  const visit = openPullRequest(github.state, seeded, { branch: 'main', from: fork });
  addToken(github.state, tokenValue, options.token);
  const log: LogEntry[] = [];
  const forgeOptions: GitHubForgeOptions = {
    token: tokenValue,
    repository: { owner: 'ciclo-ml', name: 'fuel' },
    apiUrl: github.url,
    logger: recordingLogger(log),
    clock: fixedClock(Date.UTC(2026, 0, 5)),
    waits,
    ...options.forge,
  };
  return {
    github,
    seeded,
    log,
    options: forgeOptions,
    forge: createGitHubForge(forgeOptions),
    owner: 'ciclo-ml',
    repository: 'ciclo-ml/fuel',
    pullRequest: number,
    forkPullRequest: visit.number,
    commit: head.sha,
    mainCommit: seeded.refs.get('heads/main')!,
    plantTag: async (name, commit, kind) => {
      if (kind === 'annotated') addTag(seeded, { name, commit });
      else seeded.refs.set(`tags/${name}`, commit);
    },
    push: async (files) => push(github.state, seeded, { branch: 'change', files }).sha,
    commitAs: async (author, branch, files) => push(github.state, seeded, { branch, files, author }).sha,
    merge: async (one) => mergePullRequest(github.state, seeded, seeded.pullRequests.get(one)!),
    comment: async (author, body) => addComment(github.state, seeded, { issue: number, author, body }).id,
    openIssue: async (author, { labels, ...issue }) =>
      addIssue(github.state, seeded, { author, labels: [...labels], ...issue }).number,
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}
