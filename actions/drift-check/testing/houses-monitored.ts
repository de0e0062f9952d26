import { openDeployScene } from '../../../shared/forge/testing/github-scene.ts';
import { createRandom } from '../../../shared/platform/random.ts';
import { housesOf, release } from '../../deploy/testing/houses-production.ts';
import { planLock, writeLock } from '../../prepare/lock.ts';
import type { Sections } from '../../testing/houses.ts';
import { type PipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';

/** How houses of some years are. */
export interface HousesOfYears {
  readonly years: readonly [number, number];
  readonly rows: number;
  /** Added to every size; the price goes with the size. */
  readonly larger?: number;
  /** Added to every price: the relation to the features changes. */
  readonly dearer?: number;
  readonly seed?: string;
  /** Whether the price is known. */
  readonly labelled?: boolean;
}

/** Houses, one a line, as `actions/testing/houses.ts` has them, of the years that are asked for. */
export function housesOfYears({
  years: [from, to],
  rows,
  larger = 0,
  dearer = 0,
  seed = 'years',
  labelled = true,
}: HousesOfYears): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const size = 40 + random.integer(160) + larger;
    const district = ['north', 'south', 'west'][random.integer(3)]!;
    const price = 3 * size + (district === 'north' ? 80 : 0) + 20 * random.normal() + dearer;
    const year = from + (i % (to - from + 1));
    return [
      `${seed}-${from}-${i}`,
      year,
      size,
      district,
      labelled ? price.toFixed(1) : '',
      price > 380 ? 'yes' : 'no',
    ].join(',');
  });
  return `id,year,size,district,price,dear\n${lines.join('\n')}\n`;
}

export const firstHouses: HousesOfYears = { years: [2000, 2009], rows: 400 };

/** A folder whose model of 2000 to 2009 is in production on an emulated GitHub. */
export async function monitoredHouses(sections: Sections = {}) {
  const scene = await openDeployScene();
  const folder = await housesOf(
    { data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' }, ...sections },
    0,
  );
  await folder.write('data/houses.csv', housesOfYears(firstHouses));
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
  await release(folder, scene.forge, scene.mainCommit);
  return {
    scene,
    folder,
    forge: scene.forge,
    async [Symbol.asyncDispose](): Promise<void> {
      await folder[Symbol.asyncDispose]();
      await scene[Symbol.asyncDispose]();
    },
  };
}

/** New rows arrive. */
export function arrive(folder: PipelineFolder, houses: HousesOfYears): Promise<string> {
  return folder.write(
    `data/houses-${houses.years[0]}.csv`,
    housesOfYears({ seed: `from ${houses.years[0]}`, ...houses }),
  );
}
