import { describe, expect, test } from 'vitest';
import { car, carsModel } from '../testing/models.ts';
import { testServer } from '../testing/test-server.ts';
import { formatExposition, LatencyHistogram } from './exposition.ts';

describe('the text format', () => {
  test('escapes, and gives a histogram with cumulated buckets, sum and count', () => {
    const latency = new LatencyHistogram('route');
    for (const seconds of [0.0004, 0.0005, 0.003, 20]) latency.observe('/a "b"\\\n', seconds);
    const text = formatExposition([
      { name: 'latency', help: 'two\nlines', type: 'histogram', samples: latency.samples() },
    ]);
    const label = 'route="/a \\"b\\"\\\\\\n"';
    expect(text).toMatch(/^# HELP latency two\\nlines\n# TYPE latency histogram\n/);
    expect(text).toContain(`latency_bucket{${label},le="0.0005"} 2\n`);
    expect(text).toContain(`latency_bucket{${label},le="0.005"} 3\n`);
    expect(text).toContain(`latency_bucket{${label},le="10"} 3\n`);
    expect(text).toContain(`latency_bucket{${label},le="+Inf"} 4\n`);
    expect(text).toContain(`latency_sum{${label}} 20.0039\n`);
    expect(text).toContain(`latency_count{${label}} 4\n`);
  });
});

describe('/metrics', () => {
  test('counts requests by route and status, predictions by version, and unusual values by feature', async () => {
    await using server = await testServer();
    await server.post('/predict', [
      car,
      { ...car, power: 300, origin: 'Mars', turbo: null },
      { ...car, power: null, turbo: null },
    ]);
    await server.post('/predict', { ...car, weight: 'heavy', strange: 1 });
    await server.get('/v2/models/cars/versions/v1.2.0');
    await server.get('/nothing');
    const { text, headers } = await server.get('/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of [
      'ciclo_requests_total{route="/predict",method="POST",status="200"} 1',
      'ciclo_requests_total{route="/predict",method="POST",status="400"} 1',
      'ciclo_requests_total{route="/v2/models/cars/versions/{version}",method="GET",status="200"} 1',
      'ciclo_requests_total{route="unmatched",method="any",status="404"} 1',
      'ciclo_request_duration_seconds_count{route="/predict"} 2',
      'ciclo_predictions_total{model="cars",version="v1.2.0"} 3',
      'ciclo_feature_findings_total{feature="power",finding="out_of_range"} 1',
      'ciclo_feature_findings_total{feature="origin",finding="unseen"} 1',
      'ciclo_feature_findings_total{feature="power",finding="missing"} 1',
      'ciclo_feature_findings_total{feature="turbo",finding="missing"} 2',
      'ciclo_feature_findings_total{feature="weight",finding="invalid"} 1',
      `ciclo_model_info{model="cars",version="v1.2.0",digest="${carsModel().digest}"} 1`,
      'ciclo_profiled_rows 3',
      'ciclo_ready 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    // What clients write is not a label: their number would have no bound.
    expect(text).not.toContain('strange');
    expect(text).not.toContain('Mars');
  });

  test('with logRequests every request is a line of the log', async () => {
    await using server = await testServer(carsModel(), { logRequests: true });
    await server.post('/predict', car, { 'x-request-id': 'r1' });
    await server.get('/ping');
    expect(server.events[0]).toMatchObject({
      level: 'info',
      message: 'request',
      fields: { request: 'r1', method: 'POST', route: '/predict', status: 200, ms: expect.any(Number) },
    });
  });
});
