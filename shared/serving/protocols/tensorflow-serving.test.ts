import { describe, expect, test } from 'vitest';
import { car } from '../testing/models.ts';
import { labelled, names, probabilities, second, values } from '../testing/two-records.ts';
import { twoServers } from '../testing/two-servers.ts';

const servers = twoServers();

/** https://www.tensorflow.org/tfx/serving/api_rest */
describe('TensorFlow Serving', () => {
  const inputs = Object.fromEntries(names.map((name) => [name, [car[name], second[name]]]));

  test('rows give predictions', async () => {
    const body = { signature_name: 'serving_default', instances: [car, second] };
    expect((await servers.numbers.post('/v1/models/cars:predict', body)).json).toEqual({
      predictions: values,
    });
    expect((await servers.labels.post('/v1/models/cars/versions/v1.2.0:predict', body)).json).toEqual({
      predictions: labelled.map((prediction, i) => ({ prediction, probabilities: probabilities[i] })),
    });
  });

  test('columns give outputs', async () => {
    expect((await servers.numbers.post('/v1/models/cars:predict', { inputs })).json).toEqual({
      outputs: values,
    });
    expect((await servers.labels.post('/v1/models/cars:predict', { inputs })).json).toEqual({
      outputs: { prediction: labelled, probabilities },
    });
  });

  test('status and metadata', async () => {
    expect((await servers.numbers.get('/v1/models/cars')).json).toEqual({
      model_version_status: [
        { version: 'v1.2.0', state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } },
      ],
    });
    const { json } = await servers.numbers.get('/v1/models/cars/metadata');
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
    const { status, json } = await servers.numbers.post('/v1/models/cars:predict', body);
    expect(status).toBe(400);
    expect(Object.keys(json)).toEqual(['error']);
    expect(json.error).toContain(message);
  });

  test('another model or version is not here', async () => {
    expect((await servers.numbers.post('/v1/models/boats:predict', { instances: [car] })).status).toBe(404);
    expect(
      (await servers.numbers.post('/v1/models/cars/versions/9:predict', { instances: [car] })).status,
    ).toBe(404);
  });
});
