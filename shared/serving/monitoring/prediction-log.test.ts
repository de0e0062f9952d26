import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { readConfigured, rowsOf } from '../../source/testing/read-helpers.ts';
import type { RequestAnswer } from '../answers.ts';
import { Findings } from '../problems.ts';
import { loadedModel, type ServedModel } from '../served-model.ts';
import { car, carsModel } from '../testing/models.ts';
import { recordingEvents, testServer } from '../testing/test-server.ts';
import { checkLogColumns, parsePredictionLine } from './prediction-line.ts';
import { PredictionLog, type PredictionLogOptions } from './prediction-log.ts';

let folder: string;
const events = recordingEvents();
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo log '));
  events.entries.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function logIn(options: Partial<PredictionLogOptions> = {}): Promise<PredictionLog> {
  const all = { folder, fileBytes: 2 ** 20, files: 3, rate: 1, seed: 1, queueBytes: 2 ** 20, ...options };
  const log = new PredictionLog(all, fixedClock(Date.UTC(2026, 10, 25, 12)), events);
  await log.begin();
  return log;
}

/** An answer to so many cars; the power says which. */
function answer(rows: number, model: ServedModel = carsModel()): RequestAnswer {
  const records = Array.from({ length: rows }, (_, i) => ({ ...car, sold: Date.UTC(1975, 5, 1), power: i }));
  return {
    model: loadedModel(model),
    rows: records,
    predictions: records.map((_, i) => i / 3),
    probabilities: undefined,
    unusual: new Findings(),
    warnings: { listed: [], more: 0 },
  };
}

async function linesOf(file = 'predictions.ndjson'): Promise<string[]> {
  return (await readFile(path.join(folder, file), 'utf8')).split('\n').slice(0, -1);
}

describe('the prediction log', () => {
  test('of a server is read back as what was asked and answered', async () => {
    const model = carsModel({ task: 'multiclass' });
    const log = await logIn();
    await using server = await testServer(model, {}, { predictionLog: log });
    const records = [
      car,
      { ...car, power: null, turbo: null, sold: null, origin: 'with "quotes"\nand lines' },
    ];
    const { json } = await server.post('/predict', records, { 'x-request-id': 'r1' });
    await log.close();
    const lines = await linesOf();
    expect(lines.map((line) => parsePredictionLine(line, model.schema))).toEqual(
      records.map((record, i) => ({
        time: Date.UTC(2026, 10, 25, 12),
        request: 'r1',
        record: i,
        model: { name: 'cars', version: 'v1.2.0', digest: model.digest },
        row: { ...record, sold: record.sold === null ? null : Date.parse(record.sold) },
        prediction: json.predictions[i],
        probabilities: json.probabilities[i],
      })),
    );
    expect((await server.get('/metrics')).text).toContain('ciclo_prediction_log_rows_total 2\n');
  });

  test('keeps the columns that identify a record, as they came, beside what the model sees', async () => {
    const log = await logIn();
    await using server = await testServer(carsModel(), {}, { predictionLog: log });
    const other = { ...car, name: 12 };
    expect((await server.post('/predict', { ...car, name: 'car 7' })).status).toBe(200);
    expect((await server.post('/invocations', { dataframe_records: [other, car] })).status).toBe(200);
    expect(
      (await server.post('/v1/models/cars:predict', { instances: [{ ...car, name: ['car 8'] }] })).status,
    ).toBe(200);
    const long = { ...car, name: 'n'.repeat(257) };
    expect((await server.post('/predict', [long, { ...car, name: { a: 1 } }])).status).toBe(200);
    await log.close();
    const names = (await linesOf()).map((line) => JSON.parse(line).name);
    expect(names).toEqual(['car 7', 12, null, 'car 8', null, null]);
  });

  test('keeps the columns that it is asked to keep, known to the model or not, and takes them in records', async () => {
    const log = await logIn();
    const keyColumns = ['order', 'line'];
    await using server = await testServer(carsModel(), { keyColumns }, { predictionLog: log });
    expect((await server.post('/predict', { ...car, name: 'x', order: 'o-1', line: 2 })).status).toBe(200);
    expect((await server.post('/predict', { ...car, ordr: 'o-1' })).status).toBe(400);
    const { json } = await server.get('/openapi.json');
    const { properties, required } = json.components.schemas.Record;
    expect(properties.order.description).toContain('The prediction log keeps');
    expect(properties.name.description).toBe('Not used by the model.');
    expect(required).not.toContain('order');
    await log.close();
    const [line] = await linesOf();
    expect(JSON.parse(line!)).toMatchObject({ order: 'o-1', line: 2, weight: 2900 });
    expect(JSON.parse(line!)).not.toHaveProperty('name');
  });

  test('keeps nothing beside the features where the pipeline declares no key, or none is asked for', () => {
    const model = carsModel();
    const names = model.schema.columns.map(({ name }) => name);
    const key = names.filter((name) => name !== model.schema.target);
    const byDefault = { ...model, schema: { ...model.schema, key } };
    expect(loadedModel(byDefault, { logsPredictions: true }).kept).toEqual([]);
    expect(loadedModel(model, { logsPredictions: true, keyColumns: [] }).kept).toEqual([]);
    expect(loadedModel(model).kept).toEqual([]);
    expect(loadedModel(model, { logsPredictions: true, keyColumns: ['power', 'name'] }).kept).toEqual([
      'name',
    ]);
  });

  test('is a source of rows, as ciclo.yml may declare it', async () => {
    const log = await logIn();
    log.add(answer(3), 'r');
    await log.close();
    const { table } = await readConfigured(
      { type: 'file', path: 'predictions*.ndjson' },
      { directory: folder },
    );
    const rows = rowsOf(table);
    expect(rows.map(({ power }) => power)).toEqual([0, 1, 2]);
    expect(rows[1]).toMatchObject({
      _version: 'v1.2.0',
      _record: 1,
      origin: 'USA',
      turbo: false,
      weight: 2900,
    });
    expect(rows[1]!._prediction).toBeCloseTo(1 / 3, 12);
  });

  test('begins a new file when one is full, and keeps so many', async () => {
    const log = await logIn({ fileBytes: 900, files: 3 });
    for (let i = 0; i < 12; i++) {
      log.add(answer(2), `r${i}`);
      await log.flush();
    }
    await log.close();
    const files = (await readdir(folder)).sort();
    expect(files).toHaveLength(3);
    const kept: string[] = [];
    for (const file of [...files.slice(0, -1), files.at(-1)!]) kept.push(...(await linesOf(file)));
    const requests = new Set(kept.map((line) => JSON.parse(line)._request));
    expect(requests.has('r11')).toBe(true);
    expect(requests.has('r0')).toBe(false);
    expect(log.written).toBe(24);
  });

  test('goes on in the file of an earlier start', async () => {
    for (const request of ['first', 'second']) {
      const log = await logIn();
      log.add(answer(1), request);
      await log.close();
    }
    expect((await linesOf()).map((line) => JSON.parse(line)._request)).toEqual(['first', 'second']);
  });

  test('writes a share of the records; the same seed chooses the same', async () => {
    const chosen = async (seed: number): Promise<string[]> => {
      await rm(path.join(folder, 'predictions.ndjson'), { force: true });
      const log = await logIn({ rate: 0.25, seed });
      log.add(answer(1000), 'r');
      await log.close();
      return linesOf();
    };
    const first = await chosen(1);
    expect(first.length).toBeGreaterThan(200);
    expect(first.length).toBeLessThan(300);
    expect(await chosen(1)).toEqual(first);
    expect(await chosen(2)).not.toEqual(first);
  });

  test('drops and counts what comes faster than the disk takes it', async () => {
    const log = await logIn({ queueBytes: 1000 });
    log.add(answer(100), 'r');
    await log.close();
    expect(log.dropped).toBeGreaterThan(90);
    expect(log.written + log.dropped).toBe(100);
    expect(await linesOf()).toHaveLength(log.written);
  });

  test('a disk that refuses is reported once, and its lines are counted', async () => {
    const log = await logIn({ fileBytes: 1 });
    log.add(answer(1), 'r');
    await log.flush();
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder was');
    for (let i = 0; i < 3; i++) {
      log.add(answer(2), 'r');
      await log.flush();
    }
    expect({ written: log.written, failed: log.failed }).toEqual({ written: 1, failed: 6 });
    expect(events.entries).toMatchObject([
      { level: 'warn', message: 'the prediction log cannot be written' },
    ]);
    await log.close();
  });

  test('refuses a feature that has the name of one of its own columns', () => {
    const model = carsModel();
    const columns = model.schema.columns.map((column) =>
      column.name === 'power' ? { ...column, name: '_time' } : column,
    );
    const renamed = loadedModel({ ...model, schema: { ...model.schema, columns } });
    expect(() => checkLogColumns(renamed)).toThrow(/^the prediction log has a column _time of its own/);
    expect(() => checkLogColumns(loadedModel(model))).not.toThrow();
    const keyed = loadedModel(model, { logsPredictions: true, keyColumns: ['_request'] });
    expect(() => checkLogColumns(keyed)).toThrow(
      /column _request of its own, and --log-key or data\.key names it/,
    );
  });
});
