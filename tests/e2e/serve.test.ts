import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { parsePredictionLine } from '../../shared/serving/monitoring/prediction-line.ts';
import { ciclo, copyOfExample, executable, removeAll } from './support/ciclo-process.ts';

const car = {
  cylinders: 4,
  displacement: 97,
  horsepower: 88,
  weight: 2130,
  acceleration: 14.5,
  origin: 'Japan',
};

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

interface Running {
  readonly url: string;
  /** Ends it as an orchestrator does. @returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `ciclo serve` on a free port and waits until it says where. */
async function serve(...flags: string[]): Promise<Running> {
  const child = spawn(process.execPath, [executable, 'serve', '--port', '0', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const found = /"url":"(http:[^"]+)"/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.on('close', () => reject(new Error(`ciclo serve ended:\n${text}`)));
  });
  return {
    url,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe('ciclo serve', () => {
  test('answers in four protocols what ciclo predict says, logs it, and stops when it is told', async () => {
    const server = await serve('--log-predictions', 'predictions');
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
    const server = await serve();
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
