import { ciclo, removeAll } from '../e2e/support/ciclo-process.ts';
import { copyOf, fuelRepository, git } from './repository.ts';

/** A verb that is killed, in a repository that stands as it does before the verb. */
export interface Scenario {
  readonly name: string;
  readonly argv: readonly string[];
  readonly folder: string;
  /** What may differ when the verb is run again, and rightly: a row is checked for drift once (ADR 0007). */
  readonly mayDiffer: readonly string[];
}

/** Runs verbs to their end. @throws Error when one fails: what follows would say nothing. */
async function done(folder: string, ...verbs: string[]): Promise<void> {
  for (const verb of verbs) {
    const { code, stderr } = await ciclo([...verb.split(' '), '--quiet'], { cwd: folder });
    if (code !== 0)
      throw new Error(`ciclo ${verb} ended with ${code} before anything was killed:\n${stderr}`);
  }
}

/**
 * Every verb that writes, each in a repository of its own: results that are not there yet, results that are replaced,
 * versions, rollbacks, checks, proposals, pages.
 */
export async function scenarios(): Promise<Scenario[]> {
  const all: Scenario[] = [];
  const empty = await fuelRepository();
  const add = async (
    name: string,
    from: string,
    argv: string,
    prepare?: (folder: string) => Promise<void>,
  ) => {
    const folder = await copyOf(from);
    await prepare?.(folder);
    all.push({ name, argv: argv.split(' '), folder, mayDiffer: name === 'retrain' ? ['.ciclo/drift'] : [] });
    return folder;
  };
  await add('prepare', empty, 'prepare');
  await add('train', empty, 'train', (folder) => done(folder, 'prepare'));
  await add('validate', empty, 'validate', (folder) => done(folder, 'prepare', 'train'));
  await add('run over the results of other data', empty, 'run', async (folder) => {
    await done(folder, 'run', 'lock --until 1978');
  });
  await add('lock', empty, 'lock --until 1978 --yes');
  const deployed = await copyOf(empty);
  await done(deployed, 'run');
  await add('deploy, the first version', deployed, 'deploy');
  await done(deployed, 'deploy');
  const second = await add('deploy, a second version', deployed, 'deploy', async (folder) => {
    await done(folder, 'lock --until 1978');
    git(folder, 'commit', '--quiet', '--all', '--message=newer cars');
    await done(folder, 'run');
  });
  await add('deploy --rollback-to previous', second, 'deploy --rollback-to v1.0.0', (folder) =>
    done(folder, 'deploy'),
  );
  await add('drift-check', deployed, 'drift-check');
  await add('retrain', deployed, 'retrain');
  await add('site', deployed, 'site');
  await add('verify', deployed, 'verify v1.0.0');
  await add('replay', empty, 'replay --policies never --first 1980');
  await removeAll([empty, deployed]);
  return all;
}
