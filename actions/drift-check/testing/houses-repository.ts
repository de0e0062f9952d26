import { execFileSync } from 'node:child_process';
import { createLocalForge, type LocalForge } from '../../../shared/forge/local/local-forge.ts';
import type { Clock } from '../../../shared/platform/clock.ts';
import { deploy } from '../../deploy/deploy.ts';
import { housesOf, judge } from '../../deploy/testing/houses-production.ts';
import { planLock, writeLock } from '../../prepare/lock.ts';
import type { Sections } from '../../testing/houses.ts';
import { type PipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import { type MonitorOutputs, monitor } from '../monitor.ts';
import { arrive, firstHouses, type HousesOfYears, housesOfYears } from './houses-monitored.ts';

/** A clock that goes on by a second each time that it is asked, and by more on request. */
export interface SteppedClock extends Clock {
  advance(milliseconds: number): void;
}

/** A git repository whose model of 2000 to 2009 is deployed on the local forge. */
export interface HousesRepository extends AsyncDisposable {
  readonly folder: PipelineFolder;
  readonly forge: LocalForge;
  readonly clock: SteppedClock;
  git(...words: string[]): string;
  commit(message: string): string;
  /** New rows arrive, and are committed. */
  arrive(houses: HousesOfYears): Promise<void>;
  check(options?: { readonly forge?: LocalForge; readonly byHand?: boolean }): Promise<MonitorOutputs>;
  /** What deploy.yml does after a merge. */
  deploy(): Promise<string>;
}

export async function housesRepository(sections: Sections = {}): Promise<HousesRepository> {
  const folder = await housesOf(
    { data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' }, ...sections },
    0,
  );
  const clock = steppedClock();
  const git = (...words: string[]): string =>
    execFileSync(
      'git',
      ['-C', folder.path, '-c', 'user.name=A person', '-c', 'user.email=person@localhost', ...words],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return git('rev-parse', 'HEAD');
  };
  await folder.write('data/houses.csv', housesOfYears(firstHouses));
  await folder.write('.gitignore', '.ciclo/\n');
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
  git('init', '--quiet', '--initial-branch=main');
  commit('houses');
  const forge = createLocalForge({
    repository: folder.path,
    folder: `${folder.path}/.ciclo/forge`,
    author: 'ciclo',
    name: 'local/local',
    clock,
  });
  const deployHead = async (): Promise<string> => {
    await judge(folder, forge);
    const ports = { ...quietPorts(), clock, forge };
    const inputs = { pipeline: await folder.pipeline(), commit: git('rev-parse', 'HEAD') };
    return (await deploy(inputs, ports)).version;
  };
  await deployHead();
  return {
    folder,
    forge,
    clock,
    git,
    commit,
    arrive: async (houses) => {
      await arrive(folder, houses);
      commit(`houses of ${houses.years.join(' to ')}`);
    },
    check: async (options = {}) =>
      monitor(
        {
          pipeline: await folder.pipeline(),
          commit: git('rev-parse', 'main'),
          repositoryPath: 'ciclo.yml',
          checksWait: false,
          ...(options.byHand ? { byHand: true } : {}),
        },
        { ...quietPorts(), clock, forge: options.forge ?? forge },
      ),
    deploy: deployHead,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function steppedClock(): SteppedClock {
  let time = Date.UTC(2026, 0, 5, 9);
  return {
    now: () => (time += 1000),
    sleep: () => Promise.resolve(),
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
