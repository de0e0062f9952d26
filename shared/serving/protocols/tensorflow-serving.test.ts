import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { car } from '../testing/models.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';
import {
  classifier,
  labelled,
  names,
  number,
  probabilities,
  second,
  values,
} from '../testing/two-records.ts';

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
