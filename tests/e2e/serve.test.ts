import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { parsePredictionLine } from '../../shared/serving/monitoring/prediction-line.ts';
import { ciclo, copyOfExample, removeAll } from './support/ciclo-process.ts';
import { car, post, serve } from './support/served.ts';

let folder: string;
/** What `ciclo predict` says of the car. */
let expected: number;

beforeAll(async () => {
  folder = await copyOfExample('serve');
  expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
  const predicted = await ciclo(['predict', '--quiet'], { cwd: folder, stdin: JSON.stringify(car) });
  expected = JSON.parse(predicted.stdout).prediction;
});
afterAll(() => removeAll([folder]));

describe('ciclo serve', () => {
  test('answers in four protocols what ciclo predict says, logs it, and stops when it is asked to', async () => {
    using server = await serve({ cwd: folder }, '--log-predictions', 'predictions');
    const names = Object.keys(car);
    const answers = [
      (await post(`${server.url}/predict`, car)).body.predictions[0],
      (await post(`${server.url}/predict`, { records: [car] })).body.predictions[0],
      // MLflow: dataframe_records and dataframe_split of its scoring protocol.
      (await post(`${server.url}/invocations`, { dataframe_records: [car] })).body.predictions[0],
      (
        await post(`${server.url}/invocations`, {
          dataframe_split: { columns: names, data: [Object.values(car)] },
        })
      ).body.predictions[0],
      // TensorFlow Serving: row format.
      (await post(`${server.url}/v1/models/fuel:predict`, { instances: [car] })).body.predictions[0],
      // Open Inference Protocol v2: a tensor for each column.
      (
        await post(`${server.url}/v2/models/fuel/infer`, {
          inputs: Object.entries(car).map(([name, value]) => ({
            name,
            shape: [1],
            datatype: typeof value === 'number' ? 'FP64' : 'BYTES',
            data: [value],
          })),
        })
      ).body.outputs[0].data[0],
    ];
    for (const answer of answers) expect(answer).toBeCloseTo(expected, 9);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/ciclo_requests_total\{route="\/predict",method="POST",status="200"\} 2/);
    expect((await fetch(`${server.url}/v2/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
    expect(await server.stop()).toBe(0);

    const { schema } = await readModelFolder(path.join(folder, '.ciclo/model'));
    const lines = (await readFile(path.join(folder, 'predictions/predictions.ndjson'), 'utf8'))
      .trim()
      .split('\n');
    expect(lines).toHaveLength(answers.length);
    const logged = parsePredictionLine(lines[0]!, schema);
    expect(logged.row).toEqual(car);
    expect(logged.prediction).toBeCloseTo(expected, 9);
  });

  test('says which field of which row is wrong, without a stack', async () => {
    using server = await serve({ cwd: folder });
    const { status, body } = await post(`${server.url}/predict`, {
      records: [car, { ...car, weight: 'heavy', wieght: 1 }],
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:/);
    expect(body.problems).toContainEqual(
      expect.objectContaining({ row: 1, field: 'weight', value: 'heavy' }),
    );
    expect(body.problems).toContainEqual(expect.objectContaining({ row: 1, field: 'wieght' }));
    const range = await post(`${server.url}/predict`, { ...car, origin: 'Mars' });
    expect(range.status).toBe(200);
    expect(JSON.stringify(range.body.warnings)).toContain('Mars');
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    expect(await server.stop()).toBe(0);
  });
});
