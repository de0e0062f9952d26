import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Prediction } from '../../model/predictor.ts';
import { cicloVersion } from '../../platform/version.ts';
import { car, carsModel } from '../testing/models.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';

const number = carsModel();
const classifier = carsModel({ task: 'multiclass' });
const classes = ['big', 'mid "size"', 'small'];
const second = { ...car, power: null, origin: 'Japan', weight: 2000 };
const names = ['power', 'origin', 'turbo', 'sold', 'weight'] as const;

let numbers: TestServer;
let labels: TestServer;
beforeAll(async () => {
  numbers = await testServer(number);
  labels = await testServer(classifier);
});
afterAll(async () => {
  await numbers[Symbol.asyncDispose]();
  await labels[Symbol.asyncDispose]();
});

const predictedBy = (model: typeof number, record: typeof car | typeof second): Prediction =>
  model.predictor.predictRecord({ ...record, sold: Date.parse(record.sold) });

/** The two records' predictions, by the predictor itself. */
const values = [car, second].map((record) => {
  const found = predictedBy(number, record);
  return 'value' in found ? found.value : Number.NaN;
});
const classified = [car, second].map((record) => {
  const found = predictedBy(classifier, record);
  if (!('label' in found)) throw new TypeError('a classifier gives labels');
  return found;
});
const labelled = classified.map(({ label }) => label);
const probabilities = classified.map((one) => classes.map((label) => one.probabilities[label]));

describe('plain records', () => {
  test.each([
    ['a record', car, 1],
    ['a list', [car, second], 2],
    ['records', { records: [car, second] }, 2],
    ['no records', [], 0],
    ['a record with columns that the model does not see', { ...car, name: 'dodge', target: 1 }, 1],
  ])('%s', async (_what, body, rows) => {
    const { status, json } = await numbers.post('/predict', body);
    expect(status).toBe(200);
    expect(json).toEqual({
      predictions: values.slice(0, rows),
      warnings: [],
      model: { name: 'cars', version: 'v1.2.0', digest: number.digest },
    });
  });

  test('a classifier gives the label and the probability of each class', async () => {
    const { json } = await labels.post('/predict', [car, second]);
    expect(json.predictions).toEqual(labelled);
    expect(json.probabilities).toEqual(classified.map((one) => one.probabilities));
  });

  test('a date is an ISO text, with an offset or without, or milliseconds since 1970', async () => {
    const sold = ['1975-06-01', '1975-06-01T02:00:00+02:00', Date.UTC(1975, 5, 1)];
    const { json } = await numbers.post(
      '/predict',
      sold.map((date) => ({ ...car, sold: date })),
    );
    expect(json.predictions).toEqual([values[0], values[0], values[0]]);
  });

  test('values that training never saw are predicted with a warning that says row, field, value and allowed', async () => {
    const { status, json } = await numbers.post('/predict', [
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
        message: 'record 1, power: 300 is outside what training saw, 50 to 200',
      },
      {
        row: 1,
        field: 'origin',
        value: 'Jpan',
        allowed: 'a text, or null',
        message: 'record 1, origin: "Jpan" never occurred in training; did you mean Japan?',
      },
      expect.objectContaining({ row: 1, field: 'sold', value: '1999-01-01' }),
    ]);
  });

  test('a prediction that is no finite number is null, with a warning', async () => {
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
    const { json } = await numbers.post('/predict', many);
    expect(json.predictions).toHaveLength(3000);
    for (const i of [0, 255, 256, 1500, 2999]) {
      expect((await numbers.post('/predict', many[i])).json.predictions).toEqual([json.predictions[i]]);
    }
  });
});

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
    expect((await numbers.post('/invocations', body)).json).toEqual({ predictions: values });
    expect((await labels.post('/invocations', body)).json).toEqual({ predictions: labelled, probabilities });
  });

  test('columns may come in any order', async () => {
    const columns = names.toReversed();
    const data = [columns.map((name) => car[name])];
    const { json } = await numbers.post('/invocations', { dataframe_split: { columns, data } });
    expect(json).toEqual({ predictions: [values[0]] });
  });

  test('an error has error_code and message', async () => {
    const { status, json } = await numbers.post('/invocations', {
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
    const { status, json } = await numbers.post('/invocations', body);
    expect(status).toBe(400);
    expect(json.message).toContain(message);
  });

  test('/ping, /health, /version', async () => {
    expect(await numbers.get('/ping')).toMatchObject({ status: 200, text: '\n' });
    expect(await numbers.get('/health')).toMatchObject({ status: 200, text: '\n' });
    expect(await numbers.get('/version')).toMatchObject({ status: 200, text: cicloVersion });
  });
});

/** https://github.com/open-inference/open-inference-protocol */
describe('Open Inference Protocol v2', () => {
  const types = { power: 'FP64', origin: 'BYTES', turbo: 'BOOL', sold: 'BYTES', weight: 'FP32' };
  const inputs = names.map((name) => ({
    name,
    shape: [2],
    datatype: types[name],
    data: [car[name], second[name]],
  }));

  test('infer gives tensors, with the id of the request', async () => {
    const { status, json } = await numbers.post('/v2/models/cars/infer', { id: '42', inputs });
    expect(status).toBe(200);
    expect(json).toEqual({
      model_name: 'cars',
      model_version: 'v1.2.0',
      id: '42',
      outputs: [{ name: 'prediction', shape: [2], datatype: 'FP64', data: values }],
    });
  });

  test('a classifier has two outputs; outputs may be asked for by name', async () => {
    const both = await labels.post('/v2/models/cars/versions/v1.2.0/infer', { inputs });
    expect(both.json.outputs).toEqual([
      { name: 'prediction', shape: [2], datatype: 'BYTES', data: labelled },
      { name: 'probabilities', shape: [2, 3], datatype: 'FP64', data: probabilities.flat() },
    ]);
    const one = await labels.post('/v2/models/cars/infer', { inputs, outputs: [{ name: 'probabilities' }] });
    expect(one.json.outputs.map(({ name }: { name: string }) => name)).toEqual(['probabilities']);
  });

  test('tensors may be of the shape [rows, 1], with nested data; warnings are a parameter', async () => {
    const nested = inputs.map((tensor) => ({
      ...tensor,
      shape: [2, 1],
      data: tensor.data.map((value) => [tensor.name === 'power' ? 300 : value]),
    }));
    const { json } = await numbers.post('/v2/models/cars/infer', { inputs: nested });
    expect(json.parameters.warnings).toContain('record 0, power: 300 is outside what training saw');
  });

  test.each([
    [{ name: 'power', shape: [3] }, 'has the shape [3] and 2 values'],
    [{ name: 'power', shape: [2, 2] }, 'write [rows] or [rows, 1]'],
    [{ name: 'power', datatype: 'BYTES' }, '.datatype is "BYTES"; write FP64'],
    [{ name: 'powr' }, 'is no feature; did you mean power?'],
    [{ name: 'power', datatype: 'INT32', data: [1.5, 2] }, 'is of whole numbers and holds 1.5'],
    [{ name: 'weight', data: [null, 1] }, 'record 0, weight: null is not allowed here'],
    [{ name: 'power', extra: 1 }, 'has "extra"; it may have name, shape'],
  ])('refuses %j', async (change, message) => {
    const changed = inputs.map((tensor) =>
      tensor.name.startsWith(change.name.slice(0, 3)) ? { ...tensor, ...change } : tensor,
    );
    const { status, json } = await numbers.post('/v2/models/cars/infer', { inputs: changed });
    expect(status).toBe(400);
    expect(Object.keys(json)).toEqual(['error']);
    expect(json.error).toContain(message);
  });

  test('refuses binary tensors, and says how to send them', async () => {
    const headers = { 'inference-header-content-length': '10' };
    const { status, json } = await numbers.post('/v2/models/cars/infer', { inputs }, headers);
    expect(status).toBe(400);
    expect(json.error).toContain('binary_data: false');
  });

  test('metadata and health', async () => {
    expect((await numbers.get('/v2')).json).toEqual({ name: 'ciclo', version: cicloVersion, extensions: [] });
    expect((await numbers.get('/v2/health/live')).json).toEqual({ live: true });
    expect((await numbers.get('/v2/health/ready')).json).toEqual({ ready: true });
    expect((await numbers.get('/v2/models/cars/ready')).json).toEqual({ name: 'cars', ready: true });
    expect((await numbers.get('/v2/models/cars/versions/1.2.0/ready')).status).toBe(200);
    expect((await labels.get('/v2/models/cars')).json).toEqual({
      name: 'cars',
      versions: ['v1.2.0'],
      platform: 'ciclo',
      inputs: names.map((name) => ({
        name,
        datatype: name === 'weight' ? 'FP64' : types[name],
        shape: [-1],
      })),
      outputs: [
        { name: 'prediction', datatype: 'BYTES', shape: [-1] },
        { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] },
      ],
    });
  });

  test('another model or version is not here', async () => {
    expect((await numbers.get('/v2/models/boats')).status).toBe(404);
    const { status, json } = await numbers.get('/v2/models/cars/versions/v9.0.0');
    expect(status).toBe(404);
    expect(json).toEqual({ error: 'there is no version "v9.0.0" of cars here; version v1.2.0 is served' });
  });
});

/** https://www.tensorflow.org/tfx/serving/api_rest */
describe('TensorFlow Serving', () => {
  const inputs = Object.fromEntries(names.map((name) => [name, [car[name], second[name]]]));

  test('rows give predictions', async () => {
    const body = { signature_name: 'serving_default', instances: [car, second] };
    expect((await numbers.post('/v1/models/cars:predict', body)).json).toEqual({ predictions: values });
    expect((await labels.post('/v1/models/cars/versions/v1.2.0:predict', body)).json).toEqual({
      predictions: labelled.map((prediction, i) => ({ prediction, probabilities: probabilities[i] })),
    });
  });

  test('columns give outputs', async () => {
    expect((await numbers.post('/v1/models/cars:predict', { inputs })).json).toEqual({ outputs: values });
    expect((await labels.post('/v1/models/cars:predict', { inputs })).json).toEqual({
      outputs: { prediction: labelled, probabilities },
    });
  });

  test('status and metadata', async () => {
    expect((await numbers.get('/v1/models/cars')).json).toEqual({
      model_version_status: [
        { version: 'v1.2.0', state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } },
      ],
    });
    const { json } = await numbers.get('/v1/models/cars/metadata');
    expect(json.model_spec).toEqual({ name: 'cars', signature_name: '', version: 'v1.2.0' });
    const signature = json.metadata.signature_def.signature_def.serving_default;
    expect(Object.keys(signature.inputs)).toEqual([...names]);
    expect(signature.method_name).toBe('tensorflow/serving/predict');
  });

  test.each([
    [{ instances: [car], inputs }, 'write instances or inputs'],
    [{ signature_name: 'other', instances: [car] }, 'signature_name is "other"'],
    [{ inputs: { ...inputs, power: [1] } }, 'power has 1 values and origin has 2'],
    [{ instances: [{ ...car, turbo: 'no' }] }, 'record 0, turbo: "no" is a text; write true or false'],
  ])('refuses %j', async (body, message) => {
    const { status, json } = await numbers.post('/v1/models/cars:predict', body);
    expect(status).toBe(400);
    expect(Object.keys(json)).toEqual(['error']);
    expect(json.error).toContain(message);
  });

  test('another model or version is not here', async () => {
    expect((await numbers.post('/v1/models/boats:predict', { instances: [car] })).status).toBe(404);
    expect((await numbers.post('/v1/models/cars/versions/9:predict', { instances: [car] })).status).toBe(404);
  });
});
