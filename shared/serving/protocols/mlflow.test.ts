import { describe, expect, test } from 'vitest';
import { cicloVersion } from '../../platform/version.ts';
import { car } from '../testing/models.ts';
import { labelled, names, probabilities, second, values } from '../testing/two-records.ts';
import { twoServers } from '../testing/two-servers.ts';

const servers = twoServers();

/** https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally/ */
describe('MLflow', () => {
  const rows = [car, second].map((record) => names.map((name) => record[name]));
  test.each([
    ['dataframe_split', { columns: names, data: rows, index: [0, 1] }],
    ['dataframe_records', [car, second]],
    ['instances', [car, second]],
    ['instances', rows],
    ['inputs', Object.fromEntries(names.map((name) => [name, [car[name], second[name]]]))],
    ['inputs', Object.fromEntries(names.map((name) => [name, [[car[name]], [second[name]]]]))],
  ])('%s %#', async (layout, value) => {
    const body = { [layout]: value, params: { seed: 1 } };
    expect((await servers.numbers.post('/invocations', body)).json).toEqual({ predictions: values });
    expect((await servers.labels.post('/invocations', body)).json).toEqual({
      predictions: labelled,
      probabilities,
    });
  });

  test('columns may come in any order', async () => {
    const columns = names.toReversed();
    const data = [columns.map((name) => car[name])];
    const { json } = await servers.numbers.post('/invocations', { dataframe_split: { columns, data } });
    expect(json).toEqual({ predictions: [values[0]] });
  });

  test('an error has error_code and message', async () => {
    const { status, json } = await servers.numbers.post('/invocations', {
      dataframe_records: [{ ...car, weight: '1' }],
    });
    expect(status).toBe(400);
    expect(json.error_code).toBe('BAD_REQUEST');
    expect(json.message).toContain('record 0, weight: "1" is a text; write a number');
  });

  test.each([
    [{}, 'the body has nothing; write exactly one of'],
    [{ instances: [car], inputs: {} }, 'the body has "instances", "inputs"; write exactly one of'],
    [{ dataframe_split: { columns: ['power'], data: [[1, 2]] } }, 'dataframe_split.data[0] has 2 values'],
    [{ inputs: { power: [1] } }, 'inputs lacks "origin", "turbo", "sold", "weight"'],
    [{ dataframe_records: car }, 'write a list of records'],
  ])('refuses %j', async (body, message) => {
    const { status, json } = await servers.numbers.post('/invocations', body);
    expect(status).toBe(400);
    expect(json.message).toContain(message);
  });

  test('/ping, /health, /version', async () => {
    expect(await servers.numbers.get('/ping')).toMatchObject({ status: 200, text: '\n' });
    expect(await servers.numbers.get('/health')).toMatchObject({ status: 200, text: '\n' });
    expect(await servers.numbers.get('/version')).toMatchObject({ status: 200, text: cicloVersion });
  });
});
