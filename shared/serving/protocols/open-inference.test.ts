import { describe, expect, test } from 'vitest';
import { cicloVersion } from '../../platform/version.ts';
import { car } from '../testing/models.ts';
import { labelled, names, probabilities, second, values } from '../testing/two-records.ts';
import { twoServers } from '../testing/two-servers.ts';

const servers = twoServers();

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
    const { status, json } = await servers.numbers.post('/v2/models/cars/infer', { id: '42', inputs });
    expect(status).toBe(200);
    expect(json).toEqual({
      model_name: 'cars',
      model_version: 'v1.2.0',
      id: '42',
      outputs: [{ name: 'prediction', shape: [2], datatype: 'FP64', data: values }],
    });
  });

  test('a classifier has two outputs; outputs may be asked for by name', async () => {
    const both = await servers.labels.post('/v2/models/cars/versions/v1.2.0/infer', { inputs });
    expect(both.json.outputs).toEqual([
      { name: 'prediction', shape: [2], datatype: 'BYTES', data: labelled },
      { name: 'probabilities', shape: [2, 3], datatype: 'FP64', data: probabilities.flat() },
    ]);
    const one = await servers.labels.post('/v2/models/cars/infer', {
      inputs,
      outputs: [{ name: 'probabilities' }],
    });
    expect(one.json.outputs.map(({ name }: { name: string }) => name)).toEqual(['probabilities']);
  });

  test('tensors may be of the shape [rows, 1], with nested data; warnings are a parameter', async () => {
    const nested = inputs.map((tensor) => ({
      ...tensor,
      shape: [2, 1],
      data: tensor.data.map((value) => [tensor.name === 'power' ? 300 : value]),
    }));
    const { json } = await servers.numbers.post('/v2/models/cars/infer', { inputs: nested });
    expect(json.parameters.warnings).toContain('record 0, power: 300 is outside the typical training range');
  });

  test.each([
    [{ name: 'power', shape: [3] }, 'has the shape [3] and 2 values'],
    [{ name: 'power', shape: [2, 2] }, 'write [rows] or [rows, 1]'],
    [{ name: 'power', datatype: 'BYTES' }, '.datatype is "BYTES"; write FP64'],
    [{ name: 'powr' }, 'is not a feature; did you mean power?'],
    [{ name: 'power', datatype: 'INT32', data: [1.5, 2] }, 'is of whole numbers and holds 1.5'],
    [{ name: 'weight', data: [null, 1] }, 'record 0, weight: null is not allowed here'],
    [{ name: 'power', extra: 1 }, 'has "extra"; it may have name, shape'],
  ])('refuses %j', async (change, message) => {
    const changed = inputs.map((tensor) =>
      tensor.name.startsWith(change.name.slice(0, 3)) ? { ...tensor, ...change } : tensor,
    );
    const { status, json } = await servers.numbers.post('/v2/models/cars/infer', { inputs: changed });
    expect(status).toBe(400);
    expect(Object.keys(json)).toEqual(['error']);
    expect(json.error).toContain(message);
  });

  test('refuses binary tensors, and says how to send them', async () => {
    const headers = { 'inference-header-content-length': '10' };
    const { status, json } = await servers.numbers.post('/v2/models/cars/infer', { inputs }, headers);
    expect(status).toBe(400);
    expect(json.error).toContain('binary_data: false');
  });

  test('metadata and health', async () => {
    expect((await servers.numbers.get('/v2')).json).toEqual({
      name: 'ciclo',
      version: cicloVersion,
      extensions: [],
    });
    expect((await servers.numbers.get('/v2/health/live')).json).toEqual({ live: true });
    expect((await servers.numbers.get('/v2/health/ready')).json).toEqual({ ready: true });
    expect((await servers.numbers.get('/v2/models/cars/ready')).json).toEqual({ name: 'cars', ready: true });
    expect((await servers.numbers.get('/v2/models/cars/versions/1.2.0/ready')).status).toBe(200);
    expect((await servers.labels.get('/v2/models/cars')).json).toEqual({
      name: 'cars',
      versions: ['v1.2.0'],
      platform: 'ciclo',
      parameters: { column_order: names },
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
    expect((await servers.numbers.get('/v2/models/boats')).status).toBe(404);
    const { status, json } = await servers.numbers.get('/v2/models/cars/versions/v9.0.0');
    expect(status).toBe(404);
    expect(json).toEqual({ error: 'there is no version "v9.0.0" of cars here; version v1.2.0 is served' });
  });
});
