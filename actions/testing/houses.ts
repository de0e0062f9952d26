import { stringify } from 'yaml';
import { plainInputs } from '../../shared/config/testing/plain-inputs.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { prepare } from '../prepare/prepare.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import type { ValidateOutputs } from '../validate/validate-inputs.ts';
import { type PipelineFolder, pipelineFolder, quietPorts } from './pipeline-folder.ts';

/** Sections of a ciclo.yml that replace those of {@link housesConfig}. */
export type Sections = Readonly<Record<string, unknown>>;

/**
 * A pipeline that predicts what a house costs, quick to train and to judge, by least squares: on training, validation and test rows, where no
 * section says otherwise.
 */
export function housesConfig(sections: Sections = {}): string {
  return stringify({
    name: 'houses',
    task: 'regression',
    target: 'price',
    data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id' },
    prepare: { exclude: ['dear'], ...plainInputs },
    split: { test: '20%', validation: '20%' },
    train: { candidates: [{ type: 'linear', l2: 0 }], importance: { repeats: 1 } },
    validate: { bootstrap: { resamples: 200 } },
    ...sections,
  });
}

/** Houses, one a line: the price is mostly of size and district; a dear one costs more than the middle. */
export function housesCsv(count = 200): string {
  const random = createRandom('houses');
  const lines = Array.from({ length: count }, (_, id) => {
    const size = 40 + random.integer(160);
    const district = ['north', 'south', 'west'][random.integer(3)]!;
    const price = 3 * size + (district === 'north' ? 80 : 0) + 20 * random.normal();
    return [id, 1990 + (id % 20), size, district, price.toFixed(1), price > 380 ? 'yes' : 'no'].join(',');
  });
  return `id,year,size,district,price,dear\n${lines.join('\n')}\n`;
}

/** A folder with the configuration and the houses. */
export function housesFolder(sections: Sections = {}, csv = housesCsv()): Promise<PipelineFolder> {
  return pipelineFolder(housesConfig(sections), { 'data/houses.csv': csv });
}

/** A folder whose model is trained. */
export async function trainedHouses(sections: Sections = {}, csv?: string): Promise<PipelineFolder> {
  const folder = await housesFolder(sections, csv);
  const { pipeline } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
  await train({ pipeline }, quietPorts());
  return folder;
}

/** Judges the model of a folder, against that of another one if given. */
export async function judgeHouses(
  folder: PipelineFolder,
  champion?: PipelineFolder,
): Promise<ValidateOutputs> {
  return validate(
    { pipeline: await folder.pipeline(), ...(champion ? { champion: `${champion.path}/.ciclo/model` } : {}) },
    quietPorts(),
  );
}
