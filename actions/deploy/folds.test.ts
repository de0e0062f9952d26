import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../shared/platform/clock.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { planLock, writeLock } from '../prepare/lock.ts';
import { prepare } from '../prepare/prepare.ts';
import { housesCsv } from '../testing/houses.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import { productionChampion } from './champion.ts';
import { deploy } from './deploy.ts';
import { judge } from './testing/houses-production.ts';
import { type HousesRepository, housesRepository } from './testing/houses-repository.ts';
import { tampered, unbound } from './testing/spoilt-releases.ts';
import { verifyPortsOf } from './testing/verify-ports.ts';
import { type VerifyOutputs, type VerifyPorts, verify } from './verify.ts';

const inFolds = { split: { folds: 5 } };
const evidence = 'out-of-fold.arrow';

/** Judges and deploys. @returns what was logged. */
async function released(houses: HousesRepository, how: { isPrivate?: boolean; commit?: string } = {}) {
  const ports = { ...quietPorts(), clock: fixedClock(Date.UTC(2026, 0, 5, 9)), forge: houses.forge };
  await judge(houses, houses.forge);
  const commit = how.commit ?? houses.commit();
  await deploy({ ...how, pipeline: await houses.pipeline(), commit }, ports);
  return ports.log.map(({ message }) => message).filter((message) => message?.includes('out-of-fold'));
}

async function bundleOf({ forge }: HousesRepository, tag = 'houses@v1.0.0') {
  const { releases } = forge;
  const published = (await releases.published(tag))!;
  const asset = (await releases.assets(published.id)).find(({ name }) => name.endsWith('.zip'))!;
  return readBundle(await releases.download(asset), asset.name);
}

/** The predictions of rows in a bundle. */
const rowsIn = async (houses: HousesRepository): Promise<string[]> =>
  [...(await bundleOf(houses)).files.keys()].filter((name) => name.endsWith('.arrow'));

const verified = async (
  houses: HousesRepository,
  forge: VerifyPorts['forge'] = houses.forge,
): Promise<VerifyOutputs> =>
  verify({ pipeline: await houses.pipeline(), version: 'v1.0.0' }, verifyPortsOf(houses, forge));

describe('the bundle of a model of rows in folds', () => {
  test('holds its out-of-fold predictions where the commit holds the data, and is verified with them', async () => {
    await using houses = await housesRepository(inFolds);
    expect(await released(houses)).toEqual([]);
    expect(await rowsIn(houses)).toEqual([evidence]);
    const outputs = await verified(houses);
    expect(outputs).toMatchObject({ same: true, unchecked: [] });
    expect(outputs.files).toContainEqual({ name: evidence, outcome: 'same' });
  });

  test('has them not where a file is not committed, and says which', async () => {
    await using houses = await housesRepository(inFolds);
    const commit = houses.commit();
    await houses.write('data/more.csv', housesCsv(20).replace(/^(\d+),/gm, '9$1,'));
    await writeLock(await planLock({ pipeline: await houses.pipeline() }, quietPorts()));
    const [said] = await released(houses, { commit });
    expect(said).toBe(
      `The bundle does not hold the out-of-fold predictions, since the repository is not known to be private, and its commit ${commit.slice(0, 8)} does not hold "data/more.csv" as it is here: a later model is compared with this version on rows newer than its data alone`,
    );
    expect(await rowsIn(houses)).toEqual([]);
    const outputs = await verified(houses);
    expect(outputs).toMatchObject({ same: true, unchecked: [] });
  });

  test('has them not where a file that was there when the model was made is in no checkout', async () => {
    await using houses = await housesRepository(inFolds);
    await houses.write('data/more.csv', housesCsv(20).replace(/^(\d+),/gm, '9$1,'));
    await writeLock(await planLock({ pipeline: await houses.pipeline() }, quietPorts()));
    await houses.write('.gitignore', '.ciclo/\ndata/more.csv\n');
    await judge(houses, houses.forge);
    const commit = houses.commit();
    await rm(path.join(houses.path, 'data/more.csv'));
    const ports = { ...quietPorts(), forge: houses.forge };
    await deploy({ pipeline: await houses.pipeline(), commit }, ports);
    expect(await rowsIn(houses)).toEqual([]);
    expect(ports.log.map(({ message }) => message).join('\n')).toContain(
      'it cannot be shown that the repository holds the data: ',
    );
  });

  test('holds them in a repository that is private, wherever the data are', async () => {
    await using houses = await housesRepository(inFolds);
    await houses.write('.gitignore', '.ciclo/\ndata/\n');
    execFileSync('git', ['-C', houses.path, 'rm', '-r', '--quiet', '--cached', 'data']);
    expect(await released(houses, { isPrivate: true })).toEqual([]);
    expect(await rowsIn(houses)).toEqual([evidence]);
  });

  test('that somebody changed in them alone is said to differ in them', async () => {
    await using houses = await housesRepository(inFolds);
    await released(houses);
    const { forge } = houses;
    const other = { ...forge, tags: unbound(forge.tags), releases: tampered(forge.releases, shorter) };
    const outputs = await verified(houses, other);
    expect(outputs.same).toBe(false);
    expect(outputs.expected).toBe(outputs.found);
    expect(outputs.files.filter(({ outcome }) => outcome === 'different')).toEqual([
      { name: evidence, outcome: 'different' },
    ]);
  });
});

describe('a champion of rows in folds', () => {
  const byYear = {
    ...inFolds,
    data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' },
    validate: {
      bootstrap: { resamples: 100 },
      gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '50%' } }],
    },
  };
  /** Locks up to a year; of the 600 houses, 30 are of each year from 1990 to 2009. */
  const lockUntil = async (houses: HousesRepository, until: string) =>
    writeLock(await planLock({ pipeline: await houses.pipeline(), until }, quietPorts()));
  /** Judges the houses up to a year against a champion of those up to another. */
  async function judgedAgainst(champion: string, challenger: string, hidden: boolean, rows = 600) {
    await using houses = await housesRepository(byYear, rows);
    if (hidden) {
      await houses.write('.gitignore', '.ciclo/\ndata/\n');
      execFileSync('git', ['-C', houses.path, 'rm', '-r', '--quiet', '--cached', 'data']);
    }
    await lockUntil(houses, champion);
    await released(houses);
    await lockUntil(houses, challenger);
    const { pipeline } = await prepare({ pipeline: await houses.pipeline() }, quietPorts());
    await train({ pipeline }, quietPorts());
    const live = await productionChampion({ pipeline }, houses.forge);
    return (await validate({ pipeline, ...live?.inputs }, quietPorts())).evaluation;
  }

  test('is compared by what its folds’ models said, which its bundle holds', async () => {
    const { champion } = await judgedAgainst('2008', '2008', false);
    expect(champion).toMatchObject({ comparable: true, same: true });
    const { champion: older, gates } = await judgedAgainst('2007', '2009', false);
    expect(older).toMatchObject({ comparable: true, decidedBy: 'newer-rows', rows: 60, by: 'out-of-fold' });
    expect(older!.older!.rows).toBe(540);
    expect(gates[0]!.message).not.toContain('newer rows alone');
  });

  const withheld =
    'it was judged on rows in folds, and its bundle does not hold what its folds’ models said of them (out-of-fold.arrow), as it may not where people may read the bundle and not the data';

  test('whose bundle must not hold that is compared on newer rows alone, and the gate says why', async () => {
    const { champion, gates } = await judgedAgainst('2007', '2009', true);
    expect(champion).toMatchObject({ comparable: true, decidedBy: 'newer-rows', rows: 60 });
    expect(champion!.newerAlone).toBe(withheld);
    expect(champion!.older).toBeUndefined();
    expect(gates[0]!.outcome).toBe('pass');
    expect(gates[0]!.message).toContain(`On newer rows alone, since ${withheld}.`);
  });

  test('whose bundle must not hold that is not compared on fewer than 30 newer rows', async () => {
    const { champion, gates } = await judgedAgainst('2008', '2009', true, 500);
    expect(champion).toMatchObject({ comparable: false });
    const reason = `${withheld}; 25 rows are newer than its data, and 30 are needed`;
    expect(champion!.reason).toBe(reason);
    expect(gates[0]).toMatchObject({
      outcome: 'inconclusive',
      message: `The champion cannot be compared: ${reason}.`,
    });
  });

  test.each([
    ['rows in folds that its bundle must not hold', inFolds],
    ['test rows', { split: { test: '20%', validation: '20%' } }],
  ])('of %s judges again as it did, when the version after it is verified', async (_, split) => {
    await using houses = await housesRepository({ ...byYear, ...split });
    await houses.write('.gitignore', '.ciclo/\ndata/\n');
    execFileSync('git', ['-C', houses.path, 'rm', '-r', '--quiet', '--cached', 'data']);
    await lockUntil(houses, '2007');
    await released(houses);
    await lockUntil(houses, '2009');
    await released(houses);
    const { files } = await bundleOf(houses, 'houses@v1.0.1');
    const { champion } = JSON.parse(new TextDecoder().decode(files.get('evaluation.json')));
    expect(champion.newer ?? champion.decidedBy).toBeDefined();
    const ports = verifyPortsOf(houses, houses.forge);
    const outputs = await verify({ pipeline: await houses.pipeline(), version: 'v1.0.1' }, ports);
    expect(outputs.files.filter(({ outcome }) => outcome === 'different')).toEqual([]);
    expect(outputs.same).toBe(true);
  });

  test('whose bundle must not hold that is still known as the same model', async () => {
    const { champion, gates } = await judgedAgainst('2008', '2008', true);
    expect(champion).toMatchObject({ comparable: true, same: true });
    expect(gates[0]!.outcome).toBe('pass');
  });
});

function shorter(files: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
  return [[evidence, files.get(evidence)!.slice(1)]];
}
