// `ciclo replay`: a pipeline's history walked through again, period by period, for each policy of retraining.
import path from 'node:path';
import { productionChampion } from '../../actions/deploy/champion.ts';
import { deploy } from '../../actions/deploy/deploy.ts';
import type { MonitorOutputs } from '../../actions/drift-check/monitor.ts';
import { loadPipeline, type Pipeline } from '../../actions/pipeline/pipeline.ts';
import type { VerbPorts } from '../../actions/ports.ts';
import { planLock, writeLock } from '../../actions/prepare/lock.ts';
import { prepare } from '../../actions/prepare/prepare.ts';
import { train } from '../../actions/train/train.ts';
import { validate } from '../../actions/validate/validate.ts';
import { createLocalForge, type LocalForge } from '../../shared/forge/local/local-forge.ts';
import { judgedChallenger } from '../../shared/metrics/evaluation/challenger-words.ts';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { type Logger, silentLogger } from '../../shared/platform/logger.ts';
import type { ReplayPolicyName, ReplayRetraining } from '../../shared/report/replay/replay-report.ts';
import type { Arrivals } from './arrivals.ts';
import { createRepository, type ReplayRepository } from './repository.ts';

/** Which of the retraining's reasons a policy follows, and whether it takes what is not better. */
export const policies: Readonly<
  Record<ReplayPolicyName, { on: readonly string[]; open: 'if-better' | 'always' }>
> = {
  never: { on: [], open: 'if-better' },
  'every-window': { on: ['new-data'], open: 'always' },
  'on-drift': { on: ['drift'], open: 'if-better' },
  'on-performance': { on: ['performance'], open: 'if-better' },
};

export interface PolicyInput {
  readonly name: ReplayPolicyName;
  readonly arrivals: Arrivals;
  /** The last period of the first model's data. */
  readonly first: string;
  /** Where its repository is made. */
  readonly folder: string;
  readonly environment: VerbPorts['environment'];
  /** Called for each period. */
  readonly onPeriod: (period: string, words: string) => void;
}

/** A clock that stands at an event time, and goes on by a second each time that it is asked. */
function eventClock(): Clock & { set(time: number): void } {
  let time = 0;
  return {
    now: () => (time += 1000),
    sleep: () => Promise.resolve(),
    set: (to) => {
      time = Math.max(time, to);
    },
  };
}

/** What a policy is walked through with: its repository, its code host, its time. */
export interface Walk {
  readonly config: string;
  readonly repository: ReplayRepository;
  readonly forge: LocalForge;
  readonly clock: Clock & { set(time: number): void };
  readonly ports: VerbPorts;
}

/** Makes the repository with the first data, locked. */
export async function begin({ name, arrivals, first, folder, environment }: PolicyInput): Promise<Walk> {
  const clock = eventClock();
  clock.set(arrivals.endOf(first));
  const repository = await createRepository(folder, clock);
  const { on, open } = policies[name];
  await repository.write(
    new Map([
      ['.gitignore', '.ciclo/\n'],
      [
        'ciclo.yml',
        arrivals.configuration((document) => {
          document.setIn(['name'], arrivals.pipeline.name);
          document.setIn(['retrain', 'on'], [...on]);
          document.setIn(['retrain', 'open'], open);
          document.setIn(['deploy', 'targets'], ['release']);
        }),
      ],
    ]),
  );
  const config = path.join(folder, 'ciclo.yml');
  const logger: Logger = silentLogger;
  const ports = { logger, clock, environment };
  const until = arrivals.periods.slice(0, arrivals.periods.indexOf(first) + 1);
  for (const period of until) await repository.write(await arrivals.files(period));
  await writeLock(await planLock({ pipeline: await loadPipeline(config), until: 'latest' }, ports));
  await repository.commit(`data up to ${first}`);
  const forge = createLocalForge({
    repository: folder,
    folder: path.join(folder, '.ciclo', 'forge'),
    author: 'ciclo',
    name: 'local/local',
    clock,
  });
  return { config, repository, forge, clock, ports };
}

/** The data of a period is committed. */
export async function arrive({ repository, clock }: Walk, arrivals: Arrivals, period: string): Promise<void> {
  clock.set(arrivals.endOf(period));
  await repository.write(await arrivals.files(period));
  await repository.commit(`data of ${period}`);
}

/**
 * What the deploy workflow does after a merge.
 *
 * @returns the version that is in production then.
 * @throws ConfigurationError when the gates do not let the model pass.
 */
export async function deployHead(
  { config, repository, forge, ports }: Walk,
  period: string,
): Promise<string> {
  const { pipeline } = await prepare({ pipeline: await loadPipeline(config) }, ports);
  await train({ pipeline }, ports);
  const champion = await productionChampion({ pipeline }, forge);
  const judged = await validate({ pipeline, ...champion?.inputs }, ports);
  if (!meaningOf(judged.evaluation.verdict).deployable) {
    throw new ConfigurationError(
      `replay: the model of the data up to ${period} is not let pass, so there is nothing to begin with: ${judged.evaluation.headline}. Begin later (--first), or with wider gates`,
    );
  }
  const outputs = await deploy(
    // Nothing of a replay leaves its folder.
    { pipeline, commit: await repository.head(), isPrivate: true },
    { ...ports, forge },
  );
  return outputs.version;
}

/** Merges what was proposed, as its evidence says, and deploys it. */
export async function act(
  walk: Walk,
  outputs: MonitorOutputs,
  { period, pipeline }: { readonly period: string; readonly pipeline: Pipeline },
): Promise<ReplayRetraining | undefined> {
  const { action, challenger, why } = outputs;
  if (!challenger) return undefined;
  const { confidence } = pipeline.loaded.config.retrain;
  const retraining = { period, reason: why, ...judgedChallenger(challenger.evaluation, confidence) };
  const mergeable = action.kind === 'pull-request' && meaningOf(challenger.evaluation.verdict).deployable;
  if (!mergeable || action.number === undefined) {
    return { ...retraining, version: outputs.report.production?.version ?? '', merged: false };
  }
  await walk.forge.pullRequests.merge(action.number);
  return { ...retraining, version: await deployHead(walk, period), merged: true };
}
