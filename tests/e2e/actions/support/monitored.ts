import { rm } from 'node:fs/promises';
import path from 'node:path';
import { passingConfig, release } from '../../../../actions/deploy/testing/houses-production.ts';
import {
  firstHouses,
  type HousesOfYears,
  housesOfYears,
} from '../../../../actions/drift-check/testing/houses-monitored.ts';
import { loadPipeline } from '../../../../actions/pipeline/pipeline.ts';
import { planLock, writeLock } from '../../../../actions/prepare/lock.ts';
import type { Sections } from '../../../../actions/testing/houses.ts';
import { quietPorts } from '../../../../actions/testing/pipeline-folder.ts';
import { type HistoryLine, historyLineSchema } from '../../../../shared/drift/history/history-line.ts';
import { createGitHubForge } from '../../../../shared/forge/github/github-forge.ts';
import { deployGrants, retrainGrants } from '../../../../shared/forge/testing/github-scene.ts';
import { reusableWorkflow } from '../../../../shared/init/published-actions.ts';
import { silentLogger } from '../../../../shared/platform/logger.ts';
import { addToken } from '../../../github/seed.ts';
import type { Commit, PullRequest } from '../../../github/state.ts';
import type { Stage, StageResult, StageRun } from './open-stage.ts';
import { setStage } from './stage.ts';

/** Branch of the retraining pull request. */
export const retrainBranch = 'ciclo/retrain/houses';

/** Larger and dearer than the model has ever seen: the relation changed, so that a retraining helps. */
export const changed: HousesOfYears = { years: [2010, 2011], rows: 300, larger: 120, dearer: 200 };

/** Larger within what the model knows well: it drifts, and a new model is no better there. */
export const shifted: HousesOfYears = { years: [2010, 2011], rows: 200, larger: 60 };

/** As the model knows them. */
export const alike: HousesOfYears = { years: [2010, 2010], rows: 150 };

/** As the example's drift.yml, with a job that tells what the reusable workflow hands back. */
const workflow = `name: drift
on:
  schedule:
    - cron: '17 5 * * 1'
  workflow_dispatch:
    inputs:
      retrain: { default: auto }
      fail-on: { default: never }
      app-client-id: { default: '' }
permissions: {}
jobs:
  drift:
    name: drift
    uses: ${reusableWorkflow('drift')}
    with:
      retrain: \${{ inputs.retrain || 'auto' }}
      fail-on: \${{ inputs.fail-on || 'never' }}
      app-client-id: \${{ inputs.app-client-id || '' }}
    secrets:
      app-private-key: \${{ secrets.APP_PRIVATE_KEY }}
    permissions: { contents: write, pull-requests: write, issues: write, checks: write }
  told:
    needs: drift
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: echo "outputs=$(printf '%s' "$OUTPUTS" | tr -d '\\n')"
        env:
          OUTPUTS: \${{ toJSON(needs.drift.outputs) }}
`;

/** How a check ended. */
export interface DriftRun extends StageResult {
  /** What drift.yml handed back. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the run wrote to GitHub, artifacts apart: `POST /pulls`. */
  readonly writes: readonly string[];
}

/** A repository whose model of the houses of 2000 to 2009 is in production. */
export interface MonitoredStage extends AsyncDisposable {
  readonly stage: Stage;
  /** New rows arrive, and are committed to main. */
  arrive(...houses: readonly HousesOfYears[]): Promise<void>;
  /** Runs drift.yml; by its schedule unless an event is named. */
  check(run?: Partial<StageRun>): Promise<DriftRun>;
  /** Runs drift.yml by hand. */
  dispatch(inputs: Readonly<Record<string, string>>, run?: Partial<StageRun>): Promise<DriftRun>;
  /** The lines of the history, the oldest first. */
  history(): HistoryLine[];
  pullRequests(): PullRequest[];
  /** The newest commit of a branch; undefined where there is none. */
  head(branch: string): Commit | undefined;
}

/** Sets the stage. @param sections replace those of the houses' ciclo.yml. */
export async function monitoredStage(sections: Sections = {}): Promise<MonitoredStage> {
  const stage = await setStage({
    data: null,
    'data/houses.csv': housesOfYears(firstHouses),
    'ciclo.yml': passingConfig({
      data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' },
      // What is probably better by a hair of noise is not what these stories are about.
      retrain: { confidence: '97.5%' },
      ...sections,
    }),
    'ciclo.lock': null,
    '.gitignore': '.ciclo/\n',
    '.github/workflows/drift.yml': workflow,
  });
  await deployFirst(stage);
  const { repository, github, checkout } = stage;

  async function check(run: Partial<StageRun> = {}): Promise<DriftRun> {
    const start = github.requests.length;
    const result = await stage.run({
      event: 'schedule',
      payload: { schedule: '17 5 * * 1' },
      workflow: '.github/workflows/drift.yml',
      permissions: retrainGrants,
      ...run,
    });
    const writes = github.requests
      .slice(start)
      .filter(
        ({ method, path }) => method !== 'GET' && path.startsWith('/repos/') && !path.endsWith('/graphql'),
      )
      .map(({ method, path }) => `${method} ${path.replace('/repos/acme/fuel', '')}`);
    return { ...result, outputs: outputsOf(result), writes };
  }

  const head = (branch: string): Commit | undefined =>
    repository.commits.get(repository.refs.get(`heads/${branch}`) ?? '');
  return {
    stage,
    check,
    head,
    dispatch: (inputs, run) =>
      check({ event: 'workflow_dispatch', payload: { ref: 'refs/heads/main', inputs }, ...run }),
    async arrive(...houses) {
      const files = houses.map((some, i) => {
        const name = `${some.years[0]}-${i}`;
        return [`data/houses-${name}.csv`, housesOfYears({ seed: `from ${name}`, ...some })] as const;
      });
      await checkout.commit('main', Object.fromEntries(files));
    },
    history() {
      const text = head('ciclo-history')?.files.get('houses.ndjson')?.toString() ?? '';
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => historyLineSchema.parse(JSON.parse(line)));
    },
    pullRequests: () => [...repository.pullRequests.values()],
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

/** Deploys the first model past the runner, by the verbs: what deploy.yml does is tested elsewhere. */
async function deployFirst({ checkout, github }: Stage): Promise<void> {
  const config = path.join(checkout.folder, 'ciclo.yml');
  await writeLock(await planLock({ pipeline: await loadPipeline(config) }, quietPorts()));
  const commit = await checkout.commit('main', {});
  const token = 'ghs_deploy';
  addToken(github.state, token, { permissions: deployGrants });
  const forge = createGitHubForge({
    token,
    repository: { owner: 'acme', name: 'fuel' },
    apiUrl: github.url,
    logger: silentLogger,
  });
  await release(
    {
      path: checkout.folder,
      config,
      pipeline: () => loadPipeline(config),
      lockFile: path.join(checkout.folder, 'ciclo.lock'),
      write: () => Promise.reject(new Error('nothing is to be written')),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    forge,
    commit,
  );
  await rm(path.join(checkout.folder, '.ciclo'), { recursive: true });
}

function outputsOf({ log }: StageResult): Record<string, string> {
  const told = /^outputs=(\{.*\})$/m.exec(log)?.[1];
  return told === undefined ? {} : (JSON.parse(told) as Record<string, string>);
}
