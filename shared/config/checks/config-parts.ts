import type { z } from 'zod';
import type { Task } from '../../metrics/descriptors/descriptor.ts';
import { type Candidate, candidateSchema } from '../sections/candidates/candidate.ts';
import { type DataConfig, dataSchema } from '../sections/data-section.ts';
import { type FeatureConfig, featureSchema } from '../sections/features-section.ts';
import { type MonitorConfig, monitorSchema } from '../sections/monitor-section.ts';
import { type PrepareConfig, prepareSchema } from '../sections/prepare-section.ts';
import { type RetrainConfig, retrainSchema } from '../sections/retrain-section.ts';
import { type SearchConfig, searchSchema } from '../sections/search-section.ts';
import { type SplitConfig, splitSchema } from '../sections/split-section.ts';
import { taskSchema } from '../sections/task-key.ts';
import {
  type GateConfig,
  gateSchema,
  type ValidateConfig,
  validateSchema,
} from '../sections/validate-section.ts';
import { label } from '../sections/values.ts';

/** One entry of a list, with its index as written. */
export interface ListEntry<T> {
  readonly index: number;
  readonly value: T;
}

/** What of a configuration parses, so that impossible combinations are reported beside misspellings. */
export interface ConfigParts {
  readonly task: Task | undefined;
  readonly target: string | undefined;
  readonly positive: string | undefined;
  readonly data: DataConfig | undefined;
  readonly features: ReadonlyMap<string, FeatureConfig>;
  readonly prepare: PrepareConfig | undefined;
  readonly split: SplitConfig | undefined;
  readonly candidates: readonly ListEntry<Candidate>[];
  readonly search: SearchConfig | undefined;
  /** Kinds of candidate for which it declares ranges. */
  readonly searchedKinds: readonly string[];
  readonly validate: ValidateConfig | undefined;
  readonly gates: readonly ListEntry<GateConfig>[];
  readonly monitor: MonitorConfig | undefined;
  readonly retrain: RetrainConfig | undefined;
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

function entries<S extends z.ZodType>(schema: S, value: unknown): ListEntry<z.output<S>>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => {
    const result = schema.safeParse(item);
    return result.success ? [{ index, value: result.data }] : [];
  });
}

function record(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Parses each section, feature, candidate and gate on its own. */
export function readableParts(raw: unknown): ConfigParts {
  const root = record(raw);
  const validate = record(root.validate);
  return {
    task: parsed(taskSchema, root.task),
    target: typeof root.target === 'string' ? root.target : undefined,
    positive: parsed(label, root.positive),
    data: parsed(dataSchema, root.data),
    features: new Map(
      Object.entries(record(root.features)).flatMap(([name, value]) => {
        const feature = parsed(featureSchema, value);
        return feature ? [[name, feature] as const] : [];
      }),
    ),
    prepare: parsed(prepareSchema, root.prepare ?? {}),
    split: parsed(splitSchema, root.split ?? {}),
    candidates: entries(candidateSchema, record(root.train).candidates),
    search: parsed(searchSchema, record(root.train).search),
    searchedKinds: Object.keys(record(record(record(root.train).search).ranges)),
    // Gates are read one by one below: a wrong one must not hide the rest of the section.
    validate: parsed(validateSchema, { ...validate, gates: [] }),
    gates: entries(gateSchema, validate.gates),
    monitor: parsed(monitorSchema, root.monitor ?? {}),
    retrain: parsed(retrainSchema, root.retrain ?? {}),
  };
}
