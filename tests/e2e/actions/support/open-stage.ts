import { type ArtifactService, createArtifactService } from '../../../github/artifacts/artifact-service.ts';
import type { ArtifactRun } from '../../../github/artifacts/artifact-state.ts';
import { addRepository, addToken, openPullRequest } from '../../../github/seed.ts';
import { type GitHub, startGitHub } from '../../../github/server.ts';
import type { CheckRun, Comment, PullRequest, Repository, Token } from '../../../github/state.ts';
import { type ActResult, runWorkflow } from './act.ts';
import type { Changes, Checkout } from './repository.ts';

/** A workflow run on the stage. */
export interface StageRun {
  readonly event: string;
  readonly payload: unknown;
  /** Default: the example's `.github/workflows/model.yml`. */
  readonly workflow?: string;
  /** Folders of the pipelines that run, where the workflow has several. Default: the root's. */
  readonly folders?: readonly string[];
  /** Number of the run; the same number again is a further attempt. Default: a new one. */
  readonly id?: number;
  readonly attempt?: number;
  /** Rights of the run's token; default those that the gate grants. */
  readonly permissions?: Token['permissions'];
  readonly secrets?: Readonly<Record<string, string>>;
  /** More variables of the runner. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a run left. */
export interface StageResult extends ActResult {
  readonly id: number;
  readonly artifacts: readonly string[];
}

/** The programs that run a workflow. */
export interface Programs {
  /** Program `act`. */
  readonly act: string;
  /** Folder of the release tree. */
  readonly release: string;
}

/** A repository on an emulated GitHub, with act as its runner. */
export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly artifacts: ArtifactService;
  readonly checkout: Checkout;
  run(run: StageRun): Promise<StageResult>;
  /** Opens a pull request with these changes. */
  pullRequest(changes: Changes, branch?: string): Promise<PullRequest>;
  /** Runs the example's workflow on a pull request's head. */
  runPullRequest(pull: PullRequest, options?: Partial<StageRun>): Promise<StageResult>;
  comments(pull: PullRequest): Comment[];
  checks(sha: string): CheckRun[];
}

/** The event that a pull request's push causes, as far as the runner hands it on. */
function pullRequestPayload({ number, head, base }: PullRequest): unknown {
  const side = ({ repository, branch, sha }: PullRequest['head']) => ({
    ref: branch,
    sha,
    repo: repository === undefined ? null : { full_name: repository },
  });
  return { action: 'synchronize', number, pull_request: { number, head: side(head), base: side(base) } };
}

/**
 * A stage for a repository. Disposing of it asserts that nothing violated GitHub's own description of its API.
 *
 * @param fullName of the repository on GitHub, as acme/fuel.
 * @param makeCheckout makes the checkout, and tells the repository of the commits of its default branch.
 */
export async function openStage(
  { act, release }: Programs,
  fullName: string,
  makeCheckout: (repository: Repository) => Promise<Checkout>,
): Promise<Stage> {
  const github = await startGitHub();
  const repository = addRepository(github.state, fullName);
  const artifacts = createArtifactService({ nextId: github.state.nextId });
  github.routes(artifacts.routes);
  const checkout = await makeCheckout(repository);
  const token = 'ghs_installation';

  async function run(options: StageRun): Promise<StageResult> {
    const id = options.id ?? github.state.nextId();
    addToken(github.state, token, options.permissions ? { permissions: options.permissions } : {});
    const artifactRun: ArtifactRun = artifacts.addRun({
      id,
      repository: fullName,
      headSha: checkout.git('rev-parse', 'HEAD'),
    });
    const result = await runWorkflow({
      act,
      release,
      folder: checkout.folder,
      workflow: options.workflow ?? '.github/workflows/model.yml',
      event: options.event,
      payload: options.payload,
      folders: options.folders ?? ['.'],
      token,
      environment: {
        GITHUB_API_URL: github.url,
        GITHUB_RUN_ID: String(id),
        GITHUB_RUN_ATTEMPT: String(options.attempt ?? 1),
        ACTIONS_RESULTS_URL: `${github.origin}/`,
        ACTIONS_RUNTIME_TOKEN: artifacts.runtimeToken(artifactRun),
        ...options.environment,
      },
      ...(options.secrets ? { secrets: options.secrets } : {}),
    });
    return { ...result, id, artifacts: artifacts.artifactsOf(artifactRun).map(({ name }) => name) };
  }

  return {
    github,
    repository,
    artifacts,
    checkout,
    run,
    async pullRequest(changed, branch = 'change') {
      await checkout.commit(branch, changed);
      return openPullRequest(github.state, repository, { branch });
    },
    runPullRequest: (pull, options = {}) =>
      run({ event: 'pull_request', payload: pullRequestPayload(pull), ...options }),
    comments: (pull) => [...repository.comments.values()].filter(({ issue }) => issue === pull.number),
    checks: (sha) => [...repository.checkRuns.values()].filter((check) => check.sha === sha),
    async [Symbol.asyncDispose]() {
      await checkout[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
      if (artifacts.state.violations.length > 0) {
        throw new Error(
          `the artifact service was spoken to wrongly:\n${artifacts.state.violations.join('\n')}`,
        );
      }
    },
  };
}
