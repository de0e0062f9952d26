// ciclo.lock: its content, its text, and what differs between two.
import { z } from 'zod';
import { digestPattern } from '../../platform/digest-pattern.ts';
import { namedRecord } from '../../platform/named-record.ts';
import { wordings } from '../messages/wording.ts';
import { pipelineName } from '../sections/pipeline-name.ts';
import { fewestFolds, mostFolds } from '../sections/split-section.ts';
import { columnType } from '../sections/values.ts';

const digest = z
  .string()
  .regex(digestPattern)
  .register(wordings, { noun: 'a digest', allowed: 'sha256: and 64 hex digits' });

/** Which rows `data.sample` draws: those whose hash is at most a stratum's. The same stay in as the table grows. */
const sampleRecord = z.strictObject({
  /** As `data.sample` asks for. */
  rows: z.int().min(1),
  /** Rows that they are drawn of: up to the window's end, where there is one. */
  of: z.int().min(0),
  /** The column whose values are the strata; without one there is one stratum. */
  by: z.string().optional(),
  strata: z.array(
    z.strictObject({
      /** The value that its rows have; null: it is missing. */
      value: z.string().nullable().optional(),
      /** In place of a value: its rows have one of those that are not named here, since fewer than five rows have each. */
      others: z.literal(true).optional(),
      of: z.int().min(0),
      /** Hashes of rows up to this one: 52 bits, in hex. */
      upTo: z
        .string()
        .regex(/^[0-9a-f]{13}$/)
        .register(wordings, { noun: 'a hash', allowed: '13 hex digits' }),
    }),
  ),
});

/** ciclo.lock: which rows the pipeline reads. Machine-written; a retraining pull request is a diff of it. */
export const lockSchema = z.strictObject({
  /** 1: the split hashes keys as their columns are typed. 2: by value, whatever the type. */
  version: z.union([z.literal(1), z.literal(2)]),
  /** The pipeline's name, pinned when first locked: its versions are tags of this name, whatever the folder is called. */
  name: pipelineName.optional(),
  data: z.strictObject({
    /** Digest of all pinned rows' content, in order. */
    digest,
    rows: z.int().min(0),
    /** Inclusive end of the window, as written by a person: `1976`, `2026-03`, `2026-03-31T12:00:00Z`. */
    window: z
      .strictObject({
        column: z.string(),
        until: z.string(),
        /** Of a number column: the width of a period of `parts`. */
        step: z.number().positive().optional(),
      })
      .optional(),
    /** Of one source that an engine holds: the rows up to the window's end as the engine tells their content, whatever their order. */
    engine: z.strictObject({ name: z.string(), rows: z.int().min(0), digest }).optional(),
    /** With a window: content by period (a number column's value, or a date's UTC month). Without: by file. */
    parts: z.array(z.strictObject({ name: z.string(), rows: z.int().min(0), digest })),
    /** Where a sample of the rows is drawn: of how many, and up to which hash. */
    sample: sampleRecord.optional(),
    /** Sources outside git: the snapshot that holds these rows. */
    snapshot: digest.optional(),
    /**
     * Where steps make the rows of several sources: what each source was, for messages (only `digest` above decides), and the
     * snapshot of those outside git and of those that change in place.
     */
    sources: namedRecord(
      z.strictObject({
        rows: z.int().min(0),
        digest,
        snapshot: digest.optional(),
        /** Types and notations of the columns that steps go by, frozen as those of the rows are. */
        types: namedRecord(columnType).optional(),
        formats: namedRecord(z.string()).optional(),
      }),
    ).optional(),
  }),
  /** Columns whose values identify a row: the split's hash. Frozen, so that a new column moves no row. */
  key: z.array(z.string()).min(1),
  split: z.strictObject({
    seed: z.int().min(0),
    /** Folds in place of test and validation rows; decided once, since another number moves rows. */
    folds: z.int().min(fewestFolds).max(mostFolds).optional(),
    /** Rows of equal key are divided one by one: they are things that look alike. Decided once, like the folds. */
    apart: z.literal(true).optional(),
  }),
  /** Binary tasks: the class that matters, frozen when first chosen. */
  positive: z.string().optional(),
  /** Column types, frozen when first inferred. */
  types: namedRecord(columnType),
  /** Columns that only tell rows apart (row numbers, texts that occur once): no features unless `features` declares them. */
  identifiers: z.array(z.string()).optional(),
  /** Columns that hold personal data: no features unless `prepare.checks.personal` allows it. */
  personal: z.array(z.string()).optional(),
  /** How texts are read as numbers or dates, frozen with the types; columns that are written as programs write them have none. */
  formats: namedRecord(z.string()).optional(),
  /** All columns in the order of the data when they were first locked: rows without names keep to it. */
  order: z.array(z.string()).optional(),
});

export type Lock = z.output<typeof lockSchema>;
/** What ciclo.lock says of a sample. */
export type SampleRecord = z.output<typeof sampleRecord>;
