import { describe, expect, test } from 'vitest';
import { car } from '../testing/models.ts';
import { testServer } from '../testing/test-server.ts';
import { classified, labelled, number, second, values } from '../testing/two-records.ts';
import { twoServers } from '../testing/two-servers.ts';

const servers = twoServers();

describe('plain records', () => {
  test.each([
    ['a record', car, 1],
    ['a list', [car, second], 2],
    ['records', { records: [car, second] }, 2],
    ['no records', [], 0],
    ['a record with columns that the model does not see', { ...car, name: 'dodge', target: 1 }, 1],
  ])('%s', async (_what, body, rows) => {
    const { status, json } = await servers.numbers.post('/predict', body);
    expect(status).toBe(200);
    expect(json).toEqual({
      predictions: values.slice(0, rows),
      warnings: [],
      model: { name: 'cars', version: 'v1.2.0', digest: number.digest },
    });
  });

  test('a classifier gives the label and the probability of each class', async () => {
    const { json } = await servers.labels.post('/predict', [car, second]);
    expect(json.predictions).toEqual(labelled);
    expect(json.probabilities).toEqual(classified.map((one) => one.probabilities));
  });

  test('a date is an ISO text, with an offset or without, or milliseconds since 1970', async () => {
    const sold = ['1975-06-01', '1975-06-01T02:00:00+02:00', Date.UTC(1975, 5, 1)];
    const { json } = await servers.numbers.post(
      '/predict',
      sold.map((date) => ({ ...car, sold: date })),
    );
    expect(json.predictions).toEqual([values[0], values[0], values[0]]);
  });

  test('values that training never saw are predicted with a warning that says row, field, value and allowed', async () => {
    const { status, json } = await servers.numbers.post('/predict', [
      car,
      { ...car, power: 300, origin: 'Jpan', sold: '1999-01-01' },
    ]);
    expect(status).toBe(200);
    expect(json.predictions[1]).toEqual(expect.any(Number));
    expect(json.warnings).toEqual([
      {
        row: 1,
        field: 'power',
        value: 300,
        allowed: 'a number from 1 to 500, or null',
        message: 'record 1, power: 300 is outside the typical training range, 50 to 200',
      },
      {
        row: 1,
        field: 'origin',
        value: 'Jpan',
        allowed: 'a text, or null',
        message: 'record 1, origin: "Jpan" occurred in training rarely or never; did you mean Japan?',
      },
      expect.objectContaining({ row: 1, field: 'sold', value: '1999-01-01' }),
    ]);
  });

  test('a missing value is predicted with a warning where training rows did not lack it, and without where they did', async () => {
    const { status, json } = await servers.numbers.post('/predict', [
      { ...car, power: null },
      { ...car, origin: null, turbo: null, sold: null },
    ]);
    expect(status).toBe(200);
    expect(json.predictions).toEqual([expect.any(Number), expect.any(Number)]);
    const lacking = (field: string, allowed: string) => ({
      ...{ row: 1, field, value: null, allowed },
      message: `record 1, ${field}: no value is given, which occurred in training rarely or never: the model has not learnt what that means`,
    });
    expect(json.warnings).toEqual([
      lacking('origin', 'a text, or null'),
      lacking('turbo', 'true or false, or null'),
      lacking('sold', 'an ISO 8601 date, or milliseconds since 1970, or null'),
    ]);
    const { json: described } = await servers.numbers.get('/openapi.json');
    const { properties } = described.components.schemas.Record;
    const words = 'Training rarely or never lacked it; null is predicted with a warning.';
    expect(properties.turbo.description).toBe(words);
    expect(properties.power.description).not.toContain(words);
    // That one must be there.
    expect(properties.weight.description).not.toContain(words);
  });

  test('a prediction that is not a finite number is null, with a warning', async () => {
    const overflowing = { value: Number.POSITIVE_INFINITY };
    const predictor = { ...number.predictor, predictRecord: () => overflowing };
    await using server = await testServer({ ...number, predictor });
    const { status, json } = await server.post('/predict', car);
    expect(status).toBe(200);
    expect(json.predictions).toEqual([null]);
    expect(json.warnings).toMatchObject([{ row: 0, field: null }]);
  });

  test('a batch of thousands gives what its records give alone', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...car, weight: 1500 + i }));
    const { json } = await servers.numbers.post('/predict', many);
    expect(json.predictions).toHaveLength(3000);
    for (const i of [0, 255, 256, 1500, 2999]) {
      expect((await servers.numbers.post('/predict', many[i])).json.predictions).toEqual([
        json.predictions[i],
      ]);
    }
  });
});
