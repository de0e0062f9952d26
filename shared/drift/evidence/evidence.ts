// What speaks for drift in one column: the test, the effects, the changes of structure.
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { ColumnProfile } from '../../dataset/profile/profile-schema.ts';
import type { Column } from '../../dataset/table/table.ts';
import type { Random } from '../../platform/random.ts';
import type { EffectiveRows } from '../dependence/effective-rows.ts';
import type { DetectableChange } from '../detectable/detectable-change.ts';
import type {
  ColumnDrift,
  ColumnOutcome,
  ColumnStatistics,
  ColumnTest,
  Effect,
} from '../report/drift-report.ts';
import type { Memory } from '../samples/memory.ts';
import { noStructure, type Structure } from '../structural/structural-test.ts';

/** A column on both sides: profiles, and the rows where they are available. */
export interface ColumnSides {
  readonly reference: ColumnProfile;
  /** Over the reference's support. */
  readonly current: ColumnProfile;
  readonly referenceColumn?: Column | undefined;
  readonly currentColumn?: Column | undefined;
  /** Rows by whose order or groups dependence is measured, where the sides are compared by their profiles. */
  readonly dependent?:
    | undefined
    | { readonly reference?: Column | undefined; readonly current?: Column | undefined };
  /** Of a published profile: rarer categories of the reference are not named. */
  readonly minCount?: number | undefined;
}

export interface EvidenceSettings {
  readonly random: Random;
  readonly permutations: number;
  /** No evidence keeps any of it. */
  readonly memory: Memory;
  readonly floors: Readonly<Record<Effect['name'], number>>;
  /** How many rows count. */
  readonly effective: EffectiveRows;
  /** The p-value of whole groups of rows dealt to the sides; undefined where rows have no groups, or there are too many. */
  readonly dealt: DealtGroups | undefined;
}

/** A test that can call a column drifted, before the correction for the others. */
export type Hypothesis = Omit<ColumnTest, 'adjusted-p' | 'drifted'>;

/** What the rows of one column say: plain data, which one thread may give to another. */
export interface Evidence {
  readonly outcome: ColumnOutcome;
  readonly statistics: ColumnStatistics;
  readonly hypotheses: readonly Hypothesis[];
  readonly exact: boolean;
  readonly bins: ColumnDrift['bins'];
  readonly added: ColumnDrift['new-categories'];
  /** Of numbers and dates. */
  readonly medians?: ColumnDrift['medians'];
  readonly unit: ColumnDrift['shift-unit'];
  readonly detectable: DetectableChange;
  readonly notes: readonly string[];
  /** Changes with tests of their own. */
  readonly structure: Structure;
  /** How many rows count as independent ones; absent where that was not measured. */
  readonly effective?: ColumnDrift['effective-rows'];
}

/** A test's p-value by dealing whole groups to the sides: of the values, or of whether they are missing. */
export type DealtGroups = (of: 'values' | 'missing', test: 'ks' | 'chi-squared') => number;

/** Evidence where nothing can be compared. */
export function noEvidence(outcome: ColumnOutcome, notes: readonly string[]): Evidence {
  return {
    outcome,
    statistics: {},
    hypotheses: [],
    exact: true,
    bins: [],
    added: [],
    unit: 'share-of-rows',
    detectable: { of: 'nothing' },
    notes,
    structure: noStructure,
  };
}

/** Reports are published: they name what one side has in at least five rows. */
export function isShown({
  reference,
  current,
}: {
  readonly reference: number;
  readonly current: number;
}): boolean {
  return Math.max(reference, current) >= fewestPublishedRows;
}
