// From the evidence of the columns to one verdict on the table, at the declared false-alarm rate.
import { byCount, counted } from '../../text/counts.ts';
import { chanceWords, plainNumber } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import type { DependenceOfSides } from '../dependence/row-dependence.ts';
import { meaningOfDrift } from '../report/drift-outcomes.ts';
import type { ColumnDrift, DriftReport, MultivariateDrift } from '../report/drift-report.ts';
import { isStructural, predictionText, structuralWords } from './column-drift.ts';
import { dependenceOfTable } from './dependence-words.ts';
import type { DriftSettings } from './drift-options.ts';
import type { ErrorBudget } from './error-budget.ts';
import { carriesModel, type Incomparable, incomparableOf, incomparableText } from './incomparable.ts';
import { keepsRate } from './rate-words.ts';
import { carriedWords, namesOf, weightShare } from './weighed-columns.ts';

export interface TableEvidence {
  readonly rows: DriftReport['rows'];
  readonly settings: DriftSettings;
  readonly budget: ErrorBudget;
  readonly floors: Readonly<Record<string, number>>;
  readonly columns: readonly ColumnDrift[];
  readonly prediction?: ColumnDrift;
  readonly multivariate?: MultivariateDrift;
  readonly dependence?: DependenceOfSides | undefined;
}

/** Columns that a reason names at most. */
const mostNamed = 40;
/** Changes of structure that a headline tells. */
const changesInLine = 2;

const independence =
  'p-values assume independent rows: repeated, clustered or slowly changing rows raise more false alarms';
const assumptions = ['the false-alarm rate is for one check of rows that no earlier check has used'];

/** What has changed in the table's structure, by a test or without one, a sentence each. */
export function structureOf({ columns }: { readonly columns: readonly ColumnDrift[] }): string[] {
  const broken = columns.filter(({ outcome }) => isStructural(outcome));
  return [
    ...broken.map(({ name, reasons }) => `${name}: ${reasons.join('; ')}`),
    ...columns.flatMap(structuralWords),
  ];
}

function raisedBy(evidence: TableEvidence, share: number): string[] {
  const { columns, prediction, multivariate, settings } = evidence;
  const drifted = columns.filter((column) => column.drifted && column.role === 'feature');
  return [
    ...structureOf(evidence),
    // A share of 0.3 is reached by 3 of 10, whatever the last digit of the sum.
    ...(drifted.length > 0 && share >= settings.share - 1e-9
      ? [
          `${carriedWords(columns, share, settings.share)} drifted (alarm threshold ${declaredShare(settings.share)}): ${namesOf(drifted)}`,
        ]
      : []),
    ...(prediction?.drifted ? [predictionText(prediction)] : []),
    ...(multivariate?.drifted ? [`all features together: ${multivariate.reasons[0] ?? ''}`] : []),
  ];
}

function shortOfRows({ rows, settings }: TableEvidence): string | undefined {
  const short = (['reference', 'current'] as const).filter((side) => rows[side] < settings.minRows);
  if (short.length === 0) return undefined;
  const sides = short.map(
    (side) => `${counted(rows[side], side === 'reference' ? 'reference row' : 'current row')}`,
  );
  return `not enough data: ${sides.join(' and ')}; ${settings.minRows} are needed on each side`;
}

/** Statistical drift of too few rows is shown and not called. */
function outcomeOf(
  evidence: TableEvidence,
  raised: readonly string[],
  { short, incomparable }: { readonly short: boolean; readonly incomparable: Incomparable },
): DriftReport['outcome'] {
  const broken = evidence.columns.some(({ outcome }) => isStructural(outcome));
  if (broken) return 'drift';
  if (evidence.columns.length === 0 || evidence.rows.current === 0) return 'nothing-to-compare';
  if (short) return 'not-enough-data';
  if (raised.length > 0) return 'drift';
  return carriesModel(incomparable) ? 'not-decided' : 'no-drift';
}

/** As many of the changes as a line holds. */
function changesWords(changes: readonly string[]): string {
  const left = changes.length - changesInLine;
  const more = left > 0 ? [`and ${left} more such ${byCount(left, 'change', 'changes')}`] : [];
  return [...changes.slice(0, changesInLine), ...more].join('; ');
}

function headlineOf(
  outcome: DriftReport['outcome'],
  reasons: readonly string[],
  columns: readonly ColumnDrift[],
  incomparable: Incomparable,
): string {
  const structure = structureOf({ columns });
  const drifted = columns.filter((column) => column.drifted);
  switch (outcome) {
    case 'drift':
      return `Drift: ${structure.length > 1 ? changesWords(structure) : (reasons[0] ?? '')}`;
    case 'not-enough-data':
      return `Not decided: ${reasons[0] ?? ''}`;
    case 'nothing-to-compare':
      return 'Nothing to compare: there are no current rows, or no columns';
    case 'not-decided':
      return `Not decided: ${incomparableText(incomparable) ?? ''}`;
    case 'no-drift': {
      const words =
        drifted.length > 0
          ? `No drift alarm: ${namesOf(drifted)} drifted, below the alarm threshold for the table`
          : 'No drift';
      return incomparable.columns.length === 0
        ? words
        : `${words}; ${namesOf(incomparable.columns)} cannot be compared`;
    }
  }
}

function reasonsOf(
  evidence: TableEvidence,
  raised: readonly string[],
  { short, incomparable }: { readonly short: string | undefined; readonly incomparable: Incomparable },
): string[] {
  const unknown = [
    ...[incomparableText(incomparable, mostNamed)].filter((words) => words !== undefined),
    ...(incomparable.prediction ? ['the predictions cannot be compared'] : []),
  ];
  return [...foundReasons(evidence, raised, short), ...unknown];
}

function foundReasons(
  evidence: TableEvidence,
  raised: readonly string[],
  short: string | undefined,
): string[] {
  const structural = evidence.columns.some(({ outcome }) => isStructural(outcome));
  if (short !== undefined) return structural ? [...raised, short] : [short];
  if (raised.length > 0) return [...raised];
  const p = evidence.columns.flatMap((column) => column['adjusted-p'] ?? []);
  return p.length > 0
    ? [`the smallest adjusted p-value of any column is ${chanceWords(Math.min(...p))}`]
    : [];
}

/** The verdict on a table from what its columns, predictions and rows together say. */
export function tableVerdict(evidence: TableEvidence): DriftReport {
  const { rows, settings, budget, floors, columns, prediction, multivariate } = evidence;
  const share = weightShare(columns, ({ drifted }) => drifted);
  const raised = raisedBy(evidence, share);
  const short = shortOfRows(evidence);
  const incomparable = incomparableOf(evidence);
  const outcome = outcomeOf(evidence, raised, { short: short !== undefined, incomparable });
  const reasons = reasonsOf(evidence, raised, { short, incomparable });
  const minor = columns.some(({ drifted }) => drifted);
  const { checksPerYear, falseAlarmRate } = settings;
  const dependence = dependenceOfTable(
    [...columns, ...(prediction ? [prediction] : [])],
    evidence.dependence,
  );
  return {
    version: 1,
    outcome,
    drift: outcome === 'drift',
    structural: outcome === 'drift' && structureOf(evidence).length > 0,
    severity: outcome === 'drift' ? 'major' : meaningOfDrift(outcome).settles && minor ? 'minor' : 'none',
    headline: headlineOf(outcome, reasons, columns, incomparable),
    reasons,
    rows,
    ...(outcome === 'not-enough-data' ? { 'rows-needed': settings.minRows } : {}),
    share: {
      drifted: share,
      limit: settings.share,
      ...(incomparable.columns.length > 0 ? { 'cannot-be-compared': incomparable.share } : {}),
    },
    'false-alarm-rate': {
      check: falseAlarmRate,
      ...budget,
      ...(checksPerYear === undefined
        ? {}
        : { 'per-year': Number((falseAlarmRate * checksPerYear).toPrecision(12)) }),
    },
    ...(dependence ? { dependence } : {}),
    floors: { ...floors },
    seed: settings.seed,
    columns: [...columns],
    ...(prediction ? { prediction } : {}),
    ...(multivariate ? { multivariate } : {}),
    assumptions: [
      dependence?.measured ? dependence.words : independence,
      ...assumptions,
      ...(checksPerYear === undefined || !keepsRate({ dependence })
        ? []
        : [
            `${plainNumber(checksPerYear)} checks a year raise at most ${plainNumber(falseAlarmRate * checksPerYear)} false alarms`,
          ]),
    ],
  };
}
