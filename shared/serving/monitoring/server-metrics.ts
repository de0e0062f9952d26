import { memoryUsage } from 'node:process';
import type { RequestAnswer } from '../answers.ts';
import type { Findings } from '../problems.ts';
import type { LoadedModel } from '../served-model.ts';
import { Counter, formatExposition, LatencyHistogram, type MetricFamily, type Sample } from './exposition.ts';

/** What the server counts of itself that is not counted here. */
export interface Gauges {
  readonly model: LoadedModel;
  readonly ready: boolean;
  readonly inFlight: number;
  /** Seconds by which the event loop is late. */
  readonly lag: number;
  /** Bytes of bodies and long answers that are in memory. */
  readonly bodyBytes: number;
  /** Bodies and answers that were dropped to make room. */
  readonly droppedBodies: number;
  readonly connections: number;
  /** Connections that were closed to make room. */
  readonly displacedConnections: number;
  readonly profiledRows: number;
  readonly log: { readonly written: number; readonly dropped: number; readonly failed: number } | undefined;
}

/** How a value may be unlike those of training, or unusable. */
type Finding = 'missing' | 'out_of_range' | 'unseen' | 'invalid';

const one = (value: number): Sample[] => [{ labels: {}, value }];

/** What `/metrics` shows. No label's value comes from a client: routes, features and versions are the server's own. */
export class ServerMetrics {
  readonly #requests = new Counter();
  readonly #latency = new LatencyHistogram('route');
  readonly #rejected = new Counter();
  readonly #predictions = new Counter();
  readonly #reloads = new Counter();
  readonly #values = new Counter();
  readonly #started: number;

  /** @param started milliseconds since 1970. */
  constructor(started: number) {
    this.#started = started;
  }

  request(route: string, method: string, status: number, seconds: number): void {
    this.#requests.add(`${method} ${status} ${route}`, 1, () => ({ route, method, status: String(status) }));
    this.#latency.observe(route, seconds);
  }

  rejected(reason: 'in_flight' | 'event_loop'): void {
    this.#rejected.add(reason, 1, () => ({ reason }));
  }

  reload(result: 'switched' | 'unchanged' | 'refused'): void {
    this.#reloads.add(result, 1, () => ({ result }));
  }

  answered({ model, rows, unusual }: RequestAnswer): void {
    const { name, version, features } = model;
    this.#predictions.add(version, rows.length, () => ({ model: name, version }));
    for (const feature of features) {
      let missing = 0;
      for (const row of rows) if (row[feature.name] === null) missing++;
      if (missing > 0) this.#found(feature.name, 'missing', missing);
    }
    for (const [field, count] of unusual.byField) {
      const feature = features.find(({ name: own }) => own === field);
      if (feature) this.#found(feature.name, feature.type === 'category' ? 'unseen' : 'out_of_range', count);
    }
  }

  refused({ features }: LoadedModel, { byField }: Findings): void {
    for (const [field, count] of byField) {
      if (features.some(({ name }) => name === field)) this.#found(String(field), 'invalid', count);
    }
  }

  /** Prometheus' text. */
  format(gauges: Gauges): string {
    return formatExposition(this.#families(gauges));
  }

  #found(feature: string, finding: Finding, amount: number): void {
    this.#values.add(`${finding} ${feature}`, amount, () => ({ feature, finding }));
  }

  *#families(gauges: Gauges): Generator<MetricFamily> {
    const { model, ready, inFlight, lag, profiledRows, log } = gauges;
    const counter = (name: string, help: string, samples: Iterable<Sample>): MetricFamily => ({
      name: `ciclo_${name}`,
      help,
      type: 'counter',
      samples,
    });
    const gauge = (name: string, help: string, samples: Sample[]): MetricFamily => ({
      name,
      help,
      type: 'gauge',
      samples,
    });
    yield counter('requests_total', 'Answered requests by route and status.', this.#requests.samples());
    yield {
      name: 'ciclo_request_duration_seconds',
      help: 'From the request head to the last byte of the answer.',
      type: 'histogram',
      samples: this.#latency.samples(),
    };
    yield gauge('ciclo_requests_in_flight', 'Requests that are being answered.', one(inFlight));
    yield counter(
      'requests_rejected_total',
      'Requests answered with 503 since there were too many.',
      this.#rejected.samples(),
    );
    yield gauge('ciclo_connections', 'Open connections.', one(gauges.connections));
    yield counter(
      'connections_displaced_total',
      'Connections that waited longest for a whole request, closed to make room.',
      one(gauges.displacedConnections),
    );
    yield gauge('ciclo_bodies_bytes', 'Bytes of bodies and long answers in memory.', one(gauges.bodyBytes));
    yield counter(
      'bodies_dropped_total',
      'Bodies that arrived, or answers that were not read, and were dropped to make room.',
      one(gauges.droppedBodies),
    );
    yield counter('predictions_total', 'Predicted records by version.', this.#predictions.samples());
    yield counter(
      'feature_findings_total',
      'Values of predicted records that were missing, out of the trained range or of an unseen category; invalid: of refused ones.',
      this.#values.samples(),
    );
    const { name, version, digest } = model;
    yield gauge('ciclo_model_info', 'The model that answers.', [
      { labels: { model: name, version, digest }, value: 1 },
    ]);
    yield counter('model_reloads_total', 'Reloads of the model by result.', this.#reloads.samples());
    yield gauge('ciclo_ready', '1 while the server takes requests.', one(ready ? 1 : 0));
    yield gauge('ciclo_profiled_rows', 'Records in the live profile.', one(profiledRows));
    if (log) {
      yield counter('prediction_log_rows_total', 'Records written to the prediction log.', one(log.written));
      yield counter(
        'prediction_log_dropped_total',
        'Records that the prediction log dropped: slow, the disk was too slow; failed, it refused.',
        [
          { labels: { reason: 'slow' }, value: log.dropped },
          { labels: { reason: 'failed' }, value: log.failed },
        ],
      );
    }
    yield gauge('ciclo_event_loop_lag_seconds', 'By how much the event loop is late.', one(lag));
    yield gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', one(memoryUsage.rss()));
    yield gauge(
      'process_start_time_seconds',
      'Start time of the process since unix epoch in seconds.',
      one(this.#started / 1000),
    );
  }
}
