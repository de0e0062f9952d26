import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { onnxFixture } from '../../../shared/model/testing/onnx-models.ts';
import type { Sections } from '../../testing/houses.ts';
import type { PipelineFolder } from '../../testing/pipeline-folder.ts';
import { housesOf } from './houses-production.ts';

/** The files of the folder that its command reads. */
export const commandFiles = ['train.mjs', 'trained.onnx'] as const;

/**
 * A command in JavaScript, for no test should need Python: it gives a converted model out as its own, and with it that
 * model's predictions, three times the size.
 *
 * @param more appended before it writes, such as what is random in a model.
 */
function script(more: string): string {
  return `import { readFileSync, writeFileSync } from 'node:fs';
const { CICLO_OUTPUT: output, CICLO_VALIDATION: validation, CICLO_HELD_OUT: heldOut } = process.env;
const rowsOf = (file) => {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\\n').map((line) => line.trim().split(','));
  const [id, size] = ['id', 'size'].map((name) => head.indexOf(name));
  return lines.map((cells) => [cells[id], 3 * Number(cells[size])].join(','));
};
const write = (name, lines) => writeFileSync(output + '/' + name, ['id,predicted', ...lines, ''].join('\\n'));
let model = readFileSync('trained.onnx');
${more}
if (process.argv[2] === 'predictions') write('predictions.csv', [...rowsOf(validation), ...rowsOf(heldOut)]);
else {
  writeFileSync(output + '/model.onnx', model);
  write('validation-predictions.csv', rowsOf(validation));
}
`;
}

/** A description (ModelProto.doc_string = 6) that is another one at each run, as the names of some converters are. */
export const randomName = `const name = Buffer.from(String(process.hrtime.bigint()));
model = Buffer.concat([model, Buffer.from([0x32, name.length]), name]);`;

export interface OnnxHousesOptions {
  /** Of the candidate, beside type and command. */
  readonly candidate?: Sections;
  readonly sections?: Sections;
  /** A fixture: `thrice-size`. */
  readonly model?: string;
  /** The command writes predictions alone. */
  readonly predictionsOnly?: boolean;
  readonly more?: string;
}

/**
 * Houses whose model comes from a command.
 *
 * @param runtime the folder that onnxruntime-node is resolved from; undefined: it is not there.
 */
export async function onnxHouses(
  runtime: string | undefined,
  { candidate, sections, model = 'thrice-size', predictionsOnly = false, more = '' }: OnnxHousesOptions = {},
): Promise<PipelineFolder> {
  const run = `node train.mjs${predictionsOnly ? ' predictions' : ''}`;
  const folder = await housesOf({
    data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id' },
    train: {
      candidates: [{ type: 'command', name: 'other', run, files: [...commandFiles], ...candidate }],
      importance: { repeats: 1 },
    },
    ...sections,
  });
  await folder.write('train.mjs', script(more));
  await folder.write('trained.onnx', onnxFixture(model));
  if (runtime !== undefined) {
    await symlink(path.join(runtime, 'node_modules'), path.join(folder.path, 'node_modules'));
  }
  return folder;
}
