/**
 * How often a "95%" interval of Ciclo's holds the true value, for each metric, number of rows and stated distribution: of
 * one model, and of the difference between two on the same rows. Prints one JSON object, progress on the error stream.
 * With --keep the result goes into results.json beside this file, from which the guide's table is written (npm run schemas).
 *
 * usage: node benchmarks/coverage/coverage.ts [--method auto] [--repetitions 400] [--resamples 400] [--rows 40,100,400]
 *   [--metrics rmse,mae] [--part one|two] [--truth 400000]
 *   [--population NAME] [--keep]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { metricsOf } from '../../shared/metrics/descriptors/descriptors.ts';
import { type MetricKey, metricKey } from '../../shared/metrics/descriptors/metric-key.ts';
import { combineEstimates } from '../../shared/metrics/intervals/estimate.ts';
import { estimatesOf } from '../../shared/metrics/intervals/estimates.ts';
import { measured } from '../../shared/metrics/intervals/measured.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { judgedRows } from '../../shared/metrics/rows/judged-rows.ts';
import {
  classificationPairs,
  classifications,
  type Population,
  regressionPairs,
  regressions,
  streamOf,
} from './samples.ts';

const { values } = parseArgs({
  options: {
    method: { type: 'string', default: 'auto' },
    repetitions: { type: 'string', default: '400' },
    resamples: { type: 'string', default: '400' },
    rows: { type: 'string', default: '40,100,400' },
    metrics: { type: 'string' },
    part: { type: 'string' },
    population: { type: 'string' },
    truth: { type: 'string', default: '400000' },
    keep: { type: 'boolean', default: false },
  },
});
const method = values.method as 'auto' | 'bca' | 'percentile';
const repetitions = Number(values.repetitions);
const settings = { method, resamples: Number(values.resamples), confidence: 0.95, seed: 1 };
const sizes = values.rows.split(',').map(Number);
const wanted = values.metrics?.split(',');

/** One cell of the table. */
interface Cell {
  readonly part: 'one' | 'two';
  readonly metric: MetricKey;
  readonly population: string;
  readonly heavy: boolean;
  readonly rows: number;
  /** Samples that have a value of the metric, and those of them that have an interval. */
  readonly samples: number;
  readonly intervals: number;
  /** Percentage of the intervals that hold the truth, and its standard error. */
  readonly coverage: number;
  readonly error: number;
  /** Percentages of intervals that lie above and below the truth. */
  readonly above: number;
  readonly below: number;
  readonly width: number;
}

function metricsFor(population: Population): MetricKey[] {
  const { task } = population.draw(1, streamOf('task'))[0]!;
  return metricsOf(task)
    .map((name) => metricKey(name))
    .filter((key) => !wanted || wanted.includes(key));
}

/** The true value by a formula or, where there is none, of very many rows. */
function truthsOf(population: Population, metrics: readonly MetricKey[]): Map<MetricKey, number> {
  const open = metrics.filter((key) => population.known?.[key] === undefined);
  const sample = population.draw(
    open.length === 0 ? 1 : Number(values.truth),
    streamOf('truth', population.name),
  );
  const rows = sample.map(judgedRows);
  return new Map(
    metrics.map((key) => {
      const known = population.known?.[key];
      if (known !== undefined) return [key, known];
      if (population.name.startsWith('equal')) return [key, 0];
      const [first, second] = rows.map((own) => {
        const value = metricOf(key).compute(own);
        return 'value' in value ? value.value : Number.NaN;
      });
      return [key, second === undefined ? first! : second - first!];
    }),
  );
}

function cellsOf(part: Cell['part'], population: Population): Cell[] {
  const metrics = metricsFor(population);
  if (metrics.length === 0) return [];
  const truths = truthsOf(population, metrics);
  return sizes.flatMap((rows) => {
    const tallies = metrics.map(() => ({ samples: 0, intervals: 0, above: 0, below: 0, width: 0 }));
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const random = streamOf(population.name, rows, repetition);
      const sample = population.draw(rows, random).map(judgedRows);
      const estimates = estimatesOf({
        metrics: metrics.flatMap((key) => sample.map((own) => ({ metric: metricOf(key), rows: own }))),
        settings,
        random,
      });
      for (const [m, key] of metrics.entries()) {
        const own = estimates[m * sample.length]!;
        const quantity =
          sample.length === 1 ? own : combineEstimates(estimates[m * 2 + 1]!, own, (b, a) => b - a);
        const { value, low, high } = measured(quantity, settings);
        const tally = tallies[m]!;
        if (value === null) continue;
        tally.samples++;
        if (low === null || high === null) continue;
        tally.intervals++;
        // What a truth of many rows leaves open must not decide of an interval that ends at it.
        const slack = 1e-9;
        if (low > truths.get(key)! + slack) tally.above++;
        if (high < truths.get(key)! - slack) tally.below++;
        tally.width += high - low;
      }
    }
    console.error(`${population.name}, ${rows} rows`);
    return metrics.map((metric, m): Cell => {
      const { samples, intervals, above, below, width } = tallies[m]!;
      const covered = 1 - (above + below) / intervals;
      const percent = (share: number) => Number((100 * share).toFixed(1));
      return {
        part,
        metric,
        population: population.name,
        heavy: population.heavy ?? false,
        rows,
        samples,
        intervals,
        coverage: percent(covered),
        error: percent(Math.sqrt((covered * (1 - covered)) / intervals)),
        above: percent(above / intervals),
        below: percent(below / intervals),
        width: Number((width / intervals).toPrecision(3)),
      };
    });
  });
}

const chosen = (population: Population) => !values.population || population.name.includes(values.population);
const cells = [
  ...(values.part === 'two'
    ? []
    : [...regressions, ...classifications].filter(chosen).flatMap((p) => cellsOf('one', p))),
  ...(values.part === 'one'
    ? []
    : [...regressionPairs, ...classificationPairs].filter(chosen).flatMap((p) => cellsOf('two', p))),
];
const result = { repetitions, resamples: settings.resamples, cells };
console.log(JSON.stringify({ benchmark: 'coverage', method, ...result }));
if (values.keep) {
  const path = new URL('results.json', import.meta.url);
  const kept: Record<string, typeof result> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  writeFileSync(path, keptText({ ...kept, [method]: result }));
}

/** A line for each cell, so that a change is seen in it. */
function keptText(kept: Readonly<Record<string, typeof result>>): string {
  const runs = Object.entries(kept).map(([name, run]) => {
    const lines = run.cells.map((own) => `    ${JSON.stringify(own)}`).join(',\n');
    const { repetitions: times, resamples } = run;
    return `  "${name}": {"repetitions": ${times}, "resamples": ${resamples}, "cells": [\n${lines}\n  ]}`;
  });
  return `{\n${runs.join(',\n')}\n}\n`;
}
