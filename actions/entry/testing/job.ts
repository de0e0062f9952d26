import { createArtifactService } from '../../../tests/github/artifacts/artifact-service.ts';
import { addCommit } from '../../../tests/github/commit-seed.ts';
import { addRepository, addToken, openPullRequest } from '../../../tests/github/seed.ts';
import { type GitHub, startGitHub } from '../../../tests/github/server.ts';
import type { PullRequest, Repository, Token } from '../../../tests/github/state.ts';
import { housesConfig, housesCsv } from '../../testing/houses.ts';
import { type PipelineFolder, pipelineFolder } from '../../testing/pipeline-folder.ts';
import { type EntryEnded, type EntryStep, runEntry } from './entry-process.ts';

/** The inputs of the actions, with their defaults. */
const defaults = {
  config: 'ciclo.yml',
  'working-directory': '.',
  artifacts: 'true',
  'retention-days': '30',
  'github-token': 'ghs_job',
} as const;

const ownDefaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  prepare: { ...defaults, 'source-env': '', 'aws-role': '', 'sts-endpoint': '' },
  train: { ...defaults, accelerate: '' },
  validate: {
    ...defaults,
    champion: '',
    'fail-on': 'fail',
    'on-loosened': 'fail',
    comment: 'true',
    check: 'true',
  },
};

/** A job of a pull request's run: an emulated GitHub, a checkout, and steps to run one by one. */
export interface Job extends AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly pull: PullRequest;
  readonly checkout: PipelineFolder;
  /** @param trigger the event, where it is not the pull request's own, and who watches. */
  run(
    step: string,
    inputs?: Readonly<Record<string, string>>,
    trigger?: {
      readonly event?: string;
      readonly payload?: unknown;
      readonly watch?: EntryStep['watch'];
      /** Variables of the step beside those of every job. */
      readonly environment?: Readonly<Record<string, string>>;
    },
  ): Promise<EntryEnded>;
  /** Artifacts of the run by name. */
  artifacts(): readonly string[];
}

export interface JobOptions {
  readonly gates?: readonly unknown[];
  /** Of ciclo.yml on the base branch; default the same. */
  readonly baseGates?: readonly unknown[];
  readonly permissions?: Token['permissions'];
  /** What ciclo.yml says on the base branch, whole; null: there is none. */
  readonly baseConfig?: string | null;
  /** The pull request comes from another repository. */
  readonly fork?: boolean;
}

/** Opens a pull request whose checkout is on this machine. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const github = await startGitHub();
  const repository = addRepository(github.state, 'acme/houses');
  addToken(github.state, 'ghs_job', options.permissions ? { permissions: options.permissions } : {});
  const config = (gates: readonly unknown[]): string =>
    housesConfig({ validate: { bootstrap: { resamples: 100 }, gates } });
  const { gates = [{ metric: 'rmse', max: 100 }], baseGates = gates } = options;
  const { baseConfig = config(baseGates) } = options;
  addCommit(repository, { branch: 'main', files: { 'ciclo.yml': baseConfig } });
  const from = options.fork ? addRepository(github.state, 'stranger/houses', { fork: true }) : repository;
  addCommit(from, { branch: 'change', files: { 'ciclo.yml': config(gates) } });
  const pull = openPullRequest(github.state, repository, { branch: 'change', from });
  const checkout = await pipelineFolder(config(gates), { 'data/houses.csv': housesCsv() });
  const service = createArtifactService();
  github.routes(service.routes);
  const run = service.addRun({ id: 4711, repository: 'acme/houses' });
  const side = ({ branch, sha, repository: fullName }: PullRequest['head']) => ({
    ref: branch,
    sha,
    repo: { full_name: fullName },
  });
  return {
    github,
    repository,
    pull,
    checkout,
    run: (step, inputs = {}, trigger) =>
      runEntry({
        step,
        inputs: { ...ownDefaults[step], ...inputs },
        workspace: checkout.path,
        event: 'pull_request',
        payload: {
          pull_request: { number: pull.number, head: side(pull.head), base: side(pull.base) },
        },
        ...trigger,
        environment: {
          GITHUB_REPOSITORY: 'acme/houses',
          GITHUB_SHA: pull.head.sha,
          GITHUB_RUN_ID: '4711',
          GITHUB_RUN_ATTEMPT: '1',
          GITHUB_API_URL: github.url,
          ACTIONS_RESULTS_URL: `${github.origin}/`,
          ACTIONS_RUNTIME_TOKEN: service.runtimeToken(run),
          ...trigger?.environment,
        },
      }),
    artifacts: () => service.artifactsOf(run).map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      await checkout[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
    },
  };
}
