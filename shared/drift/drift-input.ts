import type { ColumnProfile, Profile } from '../dataset/profile/profile-schema.ts';
import type { Table } from '../dataset/table/table.ts';
import type { DependenceOfSides } from './dependence/row-dependence.ts';
import type { TableRows } from './evidence/column-evidence.ts';
import { type ColumnSides, noEvidence } from './evidence/evidence.ts';
import type { ColumnDrift } from './report/drift-report.ts';

/** What is compared. Profiles are enough; with the rows every figure is exact and the multivariate test possible. */
export interface DriftInput {
  readonly reference: Profile;
  /** Over the reference: `profileOver(reference, table)`, or several of those added. */
  readonly current: Profile;
  readonly tables?: { readonly reference?: Table; readonly current?: Table };
  /** Rows by whose order dependence is measured, where the sides are compared by their profiles: some of each side's. */
  readonly dependent?: { readonly reference?: Table; readonly current?: Table };
  /** Weight of a feature in the model, any unit; default all the same. */
  readonly importance?: Readonly<Record<string, number>>;
  /** The model's predictions on both sides, as profiles over one support. */
  readonly prediction?: {
    readonly reference: ColumnProfile;
    readonly current: ColumnProfile;
    /** Rows of both, where they are not those of the tables. */
    readonly rows?: TableRows;
    /** The current ones row by row, by which their dependence is measured. */
    readonly dependent?: ColumnSides['dependent'];
  };
  /** How the rows of each side follow each other in time, or belong to groups; absent where nothing is known of it. */
  readonly dependence?: DependenceOfSides;
  /** Columns of the current rows that the reference does not have, by name with their type. */
  readonly newColumns?: readonly { readonly name: string; readonly type: ColumnDrift['kind'] }[];
  /** Whether to try a multivariate test, which needs the rows of both sides; default where both are given. */
  readonly multivariate?: boolean;
}

/** What a column counts for; the target for nothing. */
export function weightOf(profile: ColumnProfile, importance: DriftInput['importance']): number {
  if (profile.role === 'target') return 0;
  return importance ? Math.max(0, importance[profile.name] ?? 0) : 1;
}

/** Each column of the reference beside the current one; a column that the current rows lack is absent. */
export function sidesOf({ reference, current, tables, dependent }: DriftInput): ColumnSides[] {
  const byName = new Map(current.columns.map((column) => [column.name, column]));
  return reference.columns.map((column) => {
    const other = byName.get(column.name);
    return {
      reference: column,
      current: other ?? { ...column, missing: 0, found: 'absent' },
      referenceColumn: tables?.reference?.columns.get(column.name),
      currentColumn: tables?.current?.columns.get(column.name),
      ...(dependent
        ? {
            dependent: {
              reference: dependent.reference?.columns.get(column.name),
              current: dependent.current?.columns.get(column.name),
            },
          }
        : {}),
      ...(reference.minCount === undefined ? {} : { minCount: reference.minCount }),
    };
  });
}

/** What the report says of a column that the reference lacks. */
export function newColumn(name: string, kind: ColumnDrift['kind'], rows: TableRows): ColumnDrift {
  const { statistics, exact, bins, added, unit, notes } = noEvidence('new-column', [
    'the reference does not have this column; the model does not see it',
  ]);
  return {
    name,
    kind,
    role: 'feature',
    outcome: 'new-column',
    reference: { rows: rows.reference, missing: 0 },
    current: { rows: rows.current, missing: 0 },
    statistics,
    tests: [],
    structural: [],
    'adjusted-p': null,
    drifted: false,
    'detectable-shift': null,
    'shift-unit': unit,
    weight: 0,
    exact,
    'new-categories': [...added],
    bins,
    reasons: [...notes],
  };
}
