import type { ColumnProfile, Profile } from '../dataset/profile-schema.ts';
import type { Table } from '../dataset/table.ts';
import { createRandom, type Random } from '../platform/random.ts';
import { adjustedPValues } from './benjamini-hochberg.ts';
import { columnDrift, judgedTest } from './column-drift.ts';
import { columnEvidence, type TableRows } from './column-evidence.ts';
import { type DriftOptions, type DriftSettings, driftSettings, floorsOf } from './drift-options.ts';
import type { ColumnDrift, DriftReport, MultivariateDrift } from './drift-report.ts';
import { errorBudget } from './error-budget.ts';
import { type ColumnSides, type Evidence, noEvidence } from './evidence.ts';
import { multivariateDrift, notAvailable } from './multivariate.ts';
import { tableVerdict } from './table-verdict.ts';

/** What is compared. Profiles are enough; with the rows every figure is exact and the multivariate test possible. */
export interface DriftInput {
  readonly reference: Profile;
  /** Over the reference: `profileOver(reference, table)`, or several of those added. */
  readonly current: Profile;
  readonly tables?: { readonly reference?: Table; readonly current?: Table };
  /** Weight of a feature in the model, any unit; default all the same. */
  readonly importance?: Readonly<Record<string, number>>;
  /** The model's predictions on both sides, as profiles over one support. */
  readonly prediction?: {
    readonly reference: ColumnProfile;
    readonly current: ColumnProfile;
    /** Rows of both, where they are not those of the tables. */
    readonly rows?: TableRows;
  };
  /** Columns of the current rows that the reference does not have, by name with their type. */
  readonly newColumns?: readonly { readonly name: string; readonly type: ColumnDrift['kind'] }[];
  /** Whether to try a multivariate test, which needs the rows of both sides; default where both are given. */
  readonly multivariate?: boolean;
}

interface Judged {
  readonly sides: ColumnSides;
  readonly role: ColumnDrift['role'];
  readonly weight: number;
  readonly evidence: Evidence;
}

/** The columns of a family of tests with one error budget: Benjamini-Hochberg over all of them. */
function judgeFamily(
  family: readonly Judged[],
  rows: TableRows,
  { alpha, settings }: { alpha: number; settings: DriftSettings },
): ColumnDrift[] {
  const hypotheses = family.flatMap(({ evidence }) => evidence.hypotheses);
  const adjusted = adjustedPValues(hypotheses.map(({ p }) => p));
  let next = 0;
  return family.map((judged) => {
    const tests = judged.evidence.hypotheses.map((hypothesis) =>
      judgedTest(hypothesis, adjusted[next++]!, alpha),
    );
    const alone = alpha / Math.max(1, hypotheses.length);
    return columnDrift({ ...judged, rows, tests, alpha: alone, floor: settings.minEffect });
  });
}

function weightOf(profile: ColumnProfile, importance: DriftInput['importance']): number {
  if (profile.role === 'target') return 0;
  return importance ? Math.max(0, importance[profile.name] ?? 0) : 1;
}

function sidesOf({ reference, current, tables }: DriftInput): ColumnSides[] {
  const byName = new Map(current.columns.map((column) => [column.name, column]));
  return reference.columns.map((column) => {
    const other = byName.get(column.name);
    return {
      reference: column,
      current: other ?? { ...column, missing: 0, found: 'absent' },
      referenceColumn: tables?.reference?.columns.get(column.name),
      currentColumn: tables?.current?.columns.get(column.name),
    };
  });
}

function newColumn(name: string, kind: ColumnDrift['kind'], rows: TableRows): ColumnDrift {
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

function multivariateOf(
  input: DriftInput,
  { alpha, settings, random }: { alpha: number; settings: DriftSettings; random: Random },
): MultivariateDrift {
  const { tables, reference, current } = input;
  if (!tables?.reference || !tables.current) {
    return notAvailable(
      settings.minEffect,
      'the rows of both sides are needed, and only profiles are at hand',
    );
  }
  const present = new Set(current.columns.filter(({ found }) => found === undefined).map(({ name }) => name));
  const features = reference.columns.filter(({ role, name }) => role === 'feature' && present.has(name));
  return multivariateDrift(
    { reference: tables.reference, current: tables.current, features: features.map(({ name }) => name) },
    { alpha, minEffect: settings.minEffect, permutations: settings.permutations, random },
  );
}

/**
 * Compares current rows with a reference: per column, of the predictions, and of all features together.
 *
 * A column has drifted when a test is significant after Benjamini-Hochberg over the tests of all columns AND an effect
 * is over its floor. The table has drifted when the weight of drifted features reaches the declared share, or the
 * predictions have, or the multivariate test says so; these share the declared false-alarm rate, so that where nothing
 * has changed a check alarms at most that often, whatever the sample sizes. A column that vanished or changed its type
 * is drift without a test. P-values assume independent rows.
 */
export function compareTables(input: DriftInput, options: DriftOptions = {}): DriftReport {
  const settings = driftSettings(options);
  const random = createRandom(settings.seed);
  const rows = { reference: input.reference.rows, current: input.current.rows };
  const enough = Math.min(rows.reference, rows.current) >= settings.minRows;
  const wanted = input.multivariate ?? (input.tables?.reference && input.tables.current) !== undefined;
  const possible = wanted && enough && Boolean(input.tables?.reference && input.tables.current);
  const budget = errorBudget(settings.falseAlarmRate, {
    columns: input.reference.columns.length > 0,
    prediction: input.prediction !== undefined,
    multivariate: possible,
    performance: settings.performance,
  });
  const floors = floorsOf(settings.minEffect);
  const judge = (sides: ColumnSides, role: ColumnDrift['role'], weight: number, own = rows): Judged => {
    const draws = random.fork(`${role}/${sides.reference.name}`);
    // Two tests a column; the smallest p-value must be able to pass the correction for all of them.
    const least = Math.ceil((4 * input.reference.columns.length) / settings.falseAlarmRate);
    const permutations = Math.max(settings.permutations, least);
    return {
      sides,
      role,
      weight,
      evidence: columnEvidence(sides, own, { random: draws, permutations, floors }),
    };
  };
  const columns = judgeFamily(
    sidesOf(input).map((sides) =>
      judge(sides, sides.reference.role, weightOf(sides.reference, input.importance)),
    ),
    rows,
    { alpha: budget.columns, settings },
  );
  const [prediction] = input.prediction
    ? judgeFamily(
        [judge(input.prediction, 'prediction', 0, input.prediction.rows)],
        input.prediction.rows ?? rows,
        { alpha: budget.prediction, settings },
      )
    : [];
  const multivariate = wanted
    ? possible
      ? multivariateOf(input, { alpha: budget.multivariate, settings, random: random.fork('multivariate') })
      : notAvailable(
          settings.minEffect,
          enough ? 'the rows of both sides are needed, and only profiles are at hand' : 'too few rows',
        )
    : undefined;
  return tableVerdict({
    rows,
    settings,
    budget,
    floors,
    columns: [...columns, ...(input.newColumns ?? []).map(({ name, type }) => newColumn(name, type, rows))],
    ...(prediction ? { prediction } : {}),
    ...(multivariate ? { multivariate } : {}),
  });
}
