import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { readModelFolder } from '../../../shared/artifacts/folders/model-folder.ts';
import { prepare } from '../../prepare/prepare.ts';
import { housesFolder } from '../../testing/houses.ts';
import { type PipelineFolder, quietPorts, refusalOf } from '../../testing/pipeline-folder.ts';
import { validate } from '../../validate/validate.ts';
import { type TrainOutputs, train } from '../train.ts';

/** Copies a model, and says of the validation rows what it predicts: 3 × size, off by as much as is asked in one row. */
const script = `
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
const { CICLO_OUTPUT, CICLO_VALIDATION } = process.env;
const [, , model, off] = process.argv;
const [head, ...lines] = readFileSync(CICLO_VALIDATION, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
const rows = lines.map((line, i) => [line[head.indexOf('id')], 3 * line[head.indexOf('size')] + (i === 1 ? Number(off) : 0)].join(','));
writeFileSync(CICLO_OUTPUT + '/validation-predictions.csv', ['id,predicted', ...rows].join('\\n'));
copyFileSync(model, CICLO_OUTPUT + '/model.onnx');
`;

function ports() {
  const quiet = quietPorts({ PATH: process.env.PATH ?? '' });
  return { ...quiet, packageFolders: [inject('onnxruntime')] };
}

async function folderOf(run: string, more: Record<string, unknown> = {}): Promise<PipelineFolder> {
  const folder = await housesFolder({
    train: { candidates: [{ type: 'command', name: 'mine', run, ...more }], importance: { repeats: 1 } },
  });
  await folder.write('copy.mjs', script);
  for (const name of ['three-times-size', 'asks-for-dear']) {
    await copyFile(
      path.join(import.meta.dirname, `fixtures/${name}.onnx`),
      path.join(folder.path, `${name}.onnx`),
    );
  }
  return folder;
}

async function trained(folder: PipelineFolder): Promise<TrainOutputs> {
  await prepare({ pipeline: await folder.pipeline() }, ports());
  return train({ pipeline: await folder.pipeline() }, ports());
}

describe('a command that writes model.onnx', () => {
  test('has a model like any other, whose conversion was checked', async () => {
    await using folder = await folderOf('node copy.mjs three-times-size.onnx 0');
    const { report, folder: place } = await trained(folder);
    expect(report).toMatchObject({
      chosen: 'mine',
      engine: { name: 'command', backend: 'onnxruntime', reproducible: false },
      warnings: [],
    });
    // Sizes are whole numbers: in single precision, too, three times one is exact.
    expect(report.candidates[0]!.conversion).toEqual({
      tolerance: 1e-5,
      rows: report.rows.validation,
      beyond: 0,
      worst: 0,
      allowed: 0,
    });
    expect(report.importance[0]!.feature).toBe('size');
    const model = await readModelFolder(place, { folders: [inject('onnxruntime')] });
    expect(model.manifest).toMatchObject({
      engine: 'command/onnxruntime',
      reproducible: false,
      versions: { command: '1', onnxruntime: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    });
    expect(await model.predictor.predictRecord({ size: 50, district: 'south', year: 2000 })).toEqual({
      value: 150,
    });
    const card = await readFile(path.join(place, 'card.md'), 'utf8');
    expect(card).toContain('agrees with the command');
    const { reportPath } = await validate({ pipeline: await folder.pipeline() }, ports());
    expect(await readFile(reportPath, 'utf8')).toContain('on all');
  });

  test('is refused when the model does not predict what the command did, naming the row and both values', async () => {
    await using folder = await folderOf('node copy.mjs three-times-size.onnx 30');
    expect(await refusalOf(trained(folder))).toMatch(
      /: model\.onnx is not the model that the command trained: on 1 of \d+ validation rows \([\d.]+%\) its prediction differs from the command's own by more than 0\.00001, and max-disagreement allows 0%\. Worst is row r[0-9a-f]{16}: model\.onnx gives \d+, the command \d+\. Convert another way, or train another model \(scikit-learn's HistGradientBoosting through skl2onnx is known for it\)$/,
    );
  });

  test('is taken with as many differing rows as are allowed, and says so', async () => {
    await using folder = await folderOf('node copy.mjs three-times-size.onnx 30', {
      'max-disagreement': '5%',
    });
    const { report } = await trained(folder);
    expect(report.candidates[0]!.conversion).toMatchObject({ beyond: 1, allowed: 0.05 });
  });

  test('is refused when the model asks for a column that serving does not have', async () => {
    await using folder = await folderOf('node copy.mjs asks-for-dear.onnx 0');
    expect(await refusalOf(trained(folder))).toMatch(/the command "mine".*model\.onnx.*dear/);
  });

  test('is refused when what it wrote is no model', async () => {
    await using folder = await folderOf('node copy.mjs copy.mjs 0');
    expect(await refusalOf(trained(folder))).toMatch(/the command "mine".*model\.onnx: it is no ONNX model/);
  });
});
