import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { SearchReport } from '../../model/report/search-report.ts';
import type { BlendReport, TrainingReport } from '../../model/report/training-report.ts';
import { sampleCandidate } from './sample-parts.ts';

/** How a model of the example's cars came to be. */
export function sampleTraining(overrides: Partial<TrainingReport> = {}): TrainingReport {
  return {
    version: 1,
    seed: 42,
    engine: { name: 'tensorflow.js', version: '4.22.0', backend: 'wasm', reproducible: true },
    rows: { train: 242, validation: 79 },
    inputs: 11,
    metric: 'rmse',
    chosen: 'neural-network',
    candidates: [
      sampleCandidate(
        'linear',
        { epochs: 160, best: 140, floor: 0.2, validation: 3.41 },
        {
          parameters: 12,
          stopped: 'epochs',
          options: { 'learning-rate': 0.05, 'batch-size': 256, epochs: 160, l2: 0 },
        },
      ),
      sampleCandidate(
        'neural-network',
        { epochs: 97, best: 77, floor: 0.13, validation: 2.79 },
        {
          options: {
            layers: [32, 16],
            activation: 'relu',
            'learning-rate': 0.003,
            'batch-size': 32,
            patience: 20,
          },
        },
      ),
    ],
    importance: [
      { feature: 'weight', mean: 3.214, deviation: 0.188 },
      { feature: 'year', mean: 1.902, deviation: 0.121 },
      { feature: 'horsepower', mean: 0.871, deviation: 0.094 },
      { feature: 'displacement', mean: 0.402, deviation: 0.083 },
      { feature: 'origin', mean: 0.233, deviation: 0.051 },
      { feature: 'cylinders', mean: 0.118, deviation: 0.047 },
      { feature: 'acceleration', mean: -0.021, deviation: 0.032 },
    ],
    warnings: [],
    ...overrides,
  };
}

/** The candidates of the example's cars as a blend, of five folds each. */
export function sampleBlend(): BlendReport {
  const common = { members: 5, work: 1200 };
  return {
    ...{ score: 2.61, bytes: 24_000, work: 2400 },
    parts: [
      { name: 'linear', type: 'linear', weight: 0.3, score: 3.41, without: 2.79, bytes: 1000, ...common },
      {
        name: 'neural-network',
        type: 'neural-network',
        weight: 0.7,
        score: 2.79,
        without: 3.41,
        bytes: 23_000,
        ...common,
      },
    ],
  };
}

/** A search among settings of the example's cars. */
export function sampleSearch(): SearchReport {
  return {
    ...{ trials: 4, trainings: 7, loss: 'squared error', score: 2.61, without: 2.79 },
    candidates: [
      { name: 'linear', type: 'linear', settings: [], deployed: 0, byFold: [0, 0, 0, 0, 0] },
      {
        ...{ name: 'neural-network', type: 'neural-network', deployed: 1, byFold: [1, 1, 0, 1, 1] },
        settings: [
          { options: { layers: [64], dropout: 0.25 }, rungs: 5, loss: 2.61, own: 2.79 },
          { options: { layers: [128, 64], dropout: 0.125 }, rungs: 2, loss: 3, own: 2.4 },
        ],
      },
    ],
  };
}

/** What preparing the example's cars found. */
export function sampleQuality(overrides: Partial<QualityReport> = {}): QualityReport {
  return {
    version: 2,
    rows: { read: 406, dropped: 8, kept: 398, train: 242, validation: 77, test: 79 },
    columns: [
      { name: 'mpg', type: 'number', missing: 0, distinct: 129 },
      { name: 'weight', type: 'number', missing: 0, distinct: 356 },
      { name: 'year', type: 'number', missing: 0, distinct: 12 },
      { name: 'horsepower', type: 'number', missing: 6, distinct: 93 },
      { name: 'origin', type: 'category', missing: 0, distinct: 3 },
      { name: 'name', type: 'category', missing: 0, distinct: 305 },
    ],
    changes: [
      {
        rule: 'missing-target',
        column: 'mpg',
        effect: 'dropped',
        rows: 8,
        examples: [
          { part: 'data/cars-1970.csv', row: 11, value: null },
          { part: 'data/cars-1970.csv', row: 12, value: null },
        ],
      },
      {
        rule: 'out-of-range',
        column: 'horsepower',
        effect: 'set-missing',
        rows: 1,
        examples: [{ part: 'data/cars-1974.csv', row: 19, value: 0 }],
      },
      {
        rule: 'trim',
        column: 'name',
        effect: 'changed',
        rows: 3,
        examples: [{ part: 'data/cars-1976.csv', row: 4, value: ' ford granada' }],
      },
    ],
    correlations: {
      rows: 242,
      features: 4,
      compared: 4,
      target: [
        { feature: 'displacement', rows: 242, rho: -0.9053 },
        { feature: 'weight', rows: 242, rho: -0.8757 },
        { feature: 'horsepower', rows: 238, rho: -0.8535 },
        { feature: 'year', rows: 242, rho: 0.5735 },
      ],
      nearDuplicates: 1,
      pairs: [
        { features: ['displacement', 'weight'], rows: 242, rho: 0.9343 },
        { features: ['weight', 'horsepower'], rows: 238, rho: 0.8782 },
        { features: ['year', 'horsepower'], rows: 238, rho: -0.3904 },
        { features: ['weight', 'year'], rows: 242, rho: -0.2802 },
      ],
    },
    checks: [
      {
        check: 'max-missing',
        column: 'mpg',
        status: 'pass',
        measured: 0,
        allowed: 0.2,
        message: 'mpg has no missing values.',
      },
      {
        check: 'max-missing',
        column: 'horsepower',
        status: 'pass',
        measured: 0.015,
        allowed: 0.2,
        message: '1.5% of horsepower is missing, at most 20% is allowed.',
      },
      { check: 'max-duplicates', status: 'pass', measured: 0, allowed: 0, message: 'No row occurs twice.' },
      {
        check: 'leakage',
        column: 'displacement',
        status: 'warn',
        measured: 0.962,
        allowed: 0.95,
        message:
          'displacement alone ranks the target almost as well as everything together: check that it is known when a prediction is made.',
      },
    ],
    status: 'warn',
    ...overrides,
  };
}

/** The example's cars. */
export function sampleSchema(overrides: Partial<DatasetSchema> = {}): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: 'mpg',
    key: ['name', 'year'],
    time: 'year',
    columns: [
      { name: 'mpg', type: 'number', role: 'target', nullable: false, unit: 'mpg', seen: [9, 46.6] },
      { name: 'weight', type: 'number', role: 'feature', nullable: false, unit: 'lb', seen: [1613, 5140] },
      { name: 'year', type: 'number', role: 'feature', nullable: false, seen: [1970, 1982] },
      { name: 'horsepower', type: 'number', role: 'feature', nullable: true, seen: [46, 230] },
      {
        name: 'origin',
        type: 'category',
        role: 'feature',
        nullable: false,
        categories: ['USA', 'Japan', 'Europe'],
      },
      { name: 'name', type: 'category', role: 'ignored', nullable: false },
    ],
    ...overrides,
  };
}
