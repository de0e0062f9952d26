/** A label's name and value. */
export type MetricLabels = Readonly<Record<string, string>>;

/** A family of samples, as Prometheus reads them. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: Iterable<Sample>;
}

export interface Sample {
  /** After the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
  readonly labels: MetricLabels;
  readonly value: number;
}

/** Media type of the text format. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Prometheus' text format 0.0.4.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function formatExposition(families: Iterable<MetricFamily>): string {
  let text = '';
  for (const { name, help, type, samples } of families) {
    text += `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
    for (const { suffix = '', labels, value } of samples) {
      text += `${name}${suffix}${formatLabels(labels)} ${formatValue(value)}\n`;
    }
  }
  return text;
}

function formatLabels(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}

/** Counts by labels; a label set is looked up by one text. */
export class Counter {
  readonly #counts = new Map<string, { labels: MetricLabels; value: number }>();

  /** @param key tells the label set; @param labels makes it, when it is new. */
  add(key: string, amount: number, labels: () => MetricLabels): void {
    const found = this.#counts.get(key);
    if (found) found.value += amount;
    else this.#counts.set(key, { labels: labels(), value: amount });
  }

  *samples(): Generator<Sample> {
    yield* this.#counts.values();
  }
}

/** Upper bounds of a latency histogram, in seconds. */
const latencyBounds = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

/** How observations are spread over {@link latencyBounds}, by one label. */
export class LatencyHistogram {
  readonly #series = new Map<string, { counts: Float64Array; sum: number }>();
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  observe(value: string, seconds: number): void {
    let series = this.#series.get(value);
    if (!series) {
      series = { counts: new Float64Array(latencyBounds.length + 1), sum: 0 };
      this.#series.set(value, series);
    }
    let bucket = 0;
    while (bucket < latencyBounds.length && seconds > latencyBounds[bucket]!) bucket++;
    series.counts[bucket]!++;
    series.sum += seconds;
  }

  *samples(): Generator<Sample> {
    for (const [value, { counts, sum }] of this.#series) {
      const labels = { [this.#label]: value };
      let total = 0;
      for (const [i, count] of counts.entries()) {
        total += count;
        const le = String(latencyBounds[i] ?? '+Inf');
        yield { suffix: '_bucket', labels: { ...labels, le }, value: total };
      }
      yield { suffix: '_sum', labels, value: sum };
      yield { suffix: '_count', labels, value: total };
    }
  }
}
