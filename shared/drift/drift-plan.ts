import { createRandom, type Random } from '../platform/random.ts';
import type { DependenceOfSides } from './dependence/row-dependence.ts';
import { type DriftInput, newColumn, sidesOf, weightOf } from './drift-input.ts';
import { columnDependence } from './evidence/column-dependence.ts';
import { columnEvidence, type TableRows } from './evidence/column-evidence.ts';
import type { ColumnSides, Evidence, EvidenceSettings } from './evidence/evidence.ts';
import { adjustedPValues } from './hypothesis-tests/benjamini-hochberg.ts';
import { multivariateDrift, notAvailable } from './multivariate/multivariate.ts';
import type { ColumnDrift, DriftReport, MultivariateDrift } from './report/drift-report.ts';
import type { Memory } from './samples/memory.ts';
import { noStructure } from './structural/structural-test.ts';
import { columnDrift, judgedTest } from './verdict/column-drift.ts';
import { type DriftOptions, type DriftSettings, driftSettings, floorsOf } from './verdict/drift-options.ts';
import { errorBudget } from './verdict/error-budget.ts';
import { judgeStructure } from './verdict/structural-family.ts';
import { tableVerdict } from './verdict/table-verdict.ts';

/** One column to be compared: plain data, with all that {@link columnEvidenceOf} needs. */
export interface ColumnTask extends Omit<EvidenceSettings, 'random' | 'memory' | 'effective' | 'dealt'> {
  readonly sides: ColumnSides;
  readonly role: ColumnDrift['role'];
  readonly weight: number;
  readonly rows: TableRows;
  /** How the rows of each side hang together; absent where nothing is known of it. */
  readonly dependence?: DependenceOfSides | undefined;
  /** Of this column's draws. */
  readonly seed: string;
}

/** What a column's rows say; tasks may be worked out in any order and on any thread. */
export function columnEvidenceOf(
  { sides, rows, seed, permutations, floors, dependence }: ColumnTask,
  memory: Memory,
): Evidence {
  const random = createRandom(seed);
  const columns = {
    reference: sides.referenceColumn ?? sides.dependent?.reference,
    current: sides.currentColumn ?? sides.dependent?.current,
  };
  const { effective, dealt, measured } = columnDependence(columns, dependence, { random, permutations });
  const evidence = columnEvidence(sides, rows, { random, permutations, floors, memory, effective, dealt });
  if (!measured) return evidence;
  const count = (side: keyof TableRows): number =>
    (rows[side] - sides[side].missing) * effective.values[side];
  return {
    ...evidence,
    effective: { reference: count('reference'), current: count('current') },
  };
}

/** A comparison in the parts that take time. */
export interface DriftPlan {
  readonly tasks: readonly ColumnTask[];
  /** The test of all features together; undefined where none was wanted. */
  readonly multivariate: () => MultivariateDrift | undefined;
  /** @param evidence of the tasks, in their order. */
  readonly conclude: (
    evidence: readonly Evidence[],
    multivariate: MultivariateDrift | undefined,
  ) => DriftReport;
}

interface Judged extends ColumnTask {
  readonly evidence: Evidence;
}

/** The columns of a family of tests with one error budget: Benjamini-Hochberg over all of them. */
function judgeFamily(
  family: readonly Judged[],
  { alpha, structural, settings }: { alpha: number; structural: number; settings: DriftSettings },
): ColumnDrift[] {
  const hypotheses = family.flatMap(({ evidence }) => evidence.hypotheses);
  const adjusted = adjustedPValues(hypotheses.map(({ p }) => p));
  const structure = judgeStructure(
    family.map(({ role, evidence }) => (role === 'feature' ? evidence.structure : noStructure)),
    structural,
  );
  let next = 0;
  return family.map((judged, i) => {
    const tests = judged.evidence.hypotheses.map((hypothesis) =>
      judgedTest(hypothesis, adjusted[next++]!, alpha),
    );
    const alone = alpha / Math.max(1, hypotheses.length);
    return columnDrift({
      ...judged,
      tests,
      structural: structure[i]!,
      alpha: alone,
      floor: settings.minEffect,
    });
  });
}

function multivariateOf(
  input: DriftInput,
  { alpha, settings, random }: { alpha: number; settings: DriftSettings; random: Random },
): MultivariateDrift {
  const { tables, reference, current } = input;
  if (!tables?.reference || !tables.current) {
    return notAvailable(
      settings.minEffect,
      'the rows of both sides are needed, and only profiles are available',
    );
  }
  const present = new Set(current.columns.filter(({ found }) => found === undefined).map(({ name }) => name));
  const features = reference.columns.filter(({ role, name }) => role === 'feature' && present.has(name));
  return multivariateDrift(
    {
      reference: tables.reference,
      current: tables.current,
      features: features.map(({ name }) => name),
      dependence: input.dependence,
    },
    { alpha, minEffect: settings.minEffect, permutations: settings.permutations, random },
  );
}

function tasksOf(input: DriftInput, rows: TableRows, settings: DriftSettings): ColumnTask[] {
  // Two tests a column; the smallest p-value must be able to pass the correction for all of them.
  const least = Math.ceil((4 * input.reference.columns.length) / settings.falseAlarmRate);
  const common = {
    permutations: Math.max(settings.permutations, least),
    floors: floorsOf(settings.minEffect),
    dependence: input.dependence,
  };
  const task = (sides: ColumnSides, role: ColumnDrift['role']): ColumnTask => {
    const weight = role === 'prediction' ? 0 : weightOf(sides.reference, input.importance);
    return { ...common, sides, role, weight, rows, seed: `${settings.seed}/${role}/${sides.reference.name}` };
  };
  const { prediction } = input;
  return [
    ...sidesOf(input).map((sides) => task(sides, sides.reference.role)),
    ...(prediction ? [{ ...task(prediction, 'prediction'), rows: prediction.rows ?? rows }] : []),
  ];
}

/** Divides a comparison into what can be worked out apart: see `compareTables`, which does one part after the other. */
export function planDrift(input: DriftInput, options: DriftOptions = {}): DriftPlan {
  const settings = driftSettings(options);
  const rows = { reference: input.reference.rows, current: input.current.rows };
  const enough = Math.min(rows.reference, rows.current) >= settings.minRows;
  const wanted = input.multivariate ?? (input.tables?.reference && input.tables.current) !== undefined;
  const possible = wanted && enough && Boolean(input.tables?.reference && input.tables.current);
  const budget = errorBudget(settings.falseAlarmRate, {
    columns: input.reference.columns.length > 0,
    prediction: input.prediction !== undefined,
    multivariate: possible,
    structural: input.reference.columns.some(({ role }) => role === 'feature'),
    ...(settings.performance ? { performance: settings.performance } : {}),
  });
  const tasks = tasksOf(input, rows, settings);
  const random = createRandom(settings.seed).fork('multivariate');
  return {
    tasks,
    multivariate: () => {
      if (!wanted) return undefined;
      if (possible) return multivariateOf(input, { alpha: budget.multivariate, settings, random });
      const why = enough
        ? 'the rows of both sides are needed, and only profiles are available'
        : 'too few rows';
      return notAvailable(settings.minEffect, why);
    },
    conclude: (evidence, multivariate) => {
      const judged = tasks.map((task, i): Judged => ({ ...task, evidence: evidence[i]! }));
      const family = (own: readonly Judged[], alpha: number): ColumnDrift[] =>
        judgeFamily(own, { alpha, structural: budget.structural ?? 0, settings });
      const columns = family(
        judged.filter(({ role }) => role !== 'prediction'),
        budget.columns,
      );
      const [prediction] = family(
        judged.filter(({ role }) => role === 'prediction'),
        budget.prediction,
      );
      return tableVerdict({
        rows,
        settings,
        budget,
        floors: floorsOf(settings.minEffect),
        columns: [
          ...columns,
          ...(input.newColumns ?? []).map(({ name, type }) => newColumn(name, type, rows)),
        ],
        ...(prediction ? { prediction } : {}),
        ...(multivariate ? { multivariate } : {}),
        dependence: input.dependence,
      });
    },
  };
}
