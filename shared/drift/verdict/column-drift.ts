import { chanceWords, plainNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { detectableChange } from '../detectable/detectable-change.ts';
import type { ColumnSides, Evidence, Hypothesis } from '../evidence/evidence.ts';
import type { ColumnDrift, ColumnTest, Effect, StructuralFinding } from '../report/drift-report.ts';

/** Outcomes that are drift without a test: the data no longer have the shape that the model was made for. */
const broken: ReadonlySet<ColumnDrift['outcome']> = new Set(['vanished', 'type-changed']);

/** Whether an outcome is a change of the table's structure, which is not a matter of chance. */
export function isStructural(outcome: ColumnDrift['outcome']): boolean {
  return broken.has(outcome);
}

/** The changes of a column's structure that are surely there, in words. */
export function structuralWords({ structural }: Pick<ColumnDrift, 'structural'>): string[] {
  return structural.filter(({ drifted }) => drifted).map(({ words }) => words);
}

function structuralText({ words, p, 'adjusted-p': adjusted, drifted }: StructuralFinding): string {
  return drifted
    ? words
    : `${words}, which may be chance: p ${chanceWords(p)}, adjusted ${chanceWords(adjusted)}`;
}

const effectWords: Record<Effect['name'], (size: string) => string> = {
  'wasserstein-normalised': (size) => `shifted by ${size} standard deviations`,
  ks: (size) => `KS distance ${size}`,
  'jensen-shannon-distance': (size) => `Jensen-Shannon distance ${size}`,
  'total-variation': (size) => `total variation ${size}`,
  'missing-share': (size) => `share of missing values changed by ${size}`,
};

function effectText({ name, value, floor }: Effect): string {
  return `${effectWords[name](plainNumber(value))} (alarm from ${plainNumber(floor)})`;
}

function testText(test: ColumnTest): string {
  const what = test.of === 'missing' ? 'missing values' : 'values';
  const over = test.effects.some(({ value, floor }) => value >= floor);
  const state = test.drifted ? 'drifted' : over ? 'not significant' : 'below the minimum effect';
  const effects = test.effects.map(effectText).join('; ');
  return `${what} ${state}: ${effects}; ${test.test === 'ks' ? 'KS' : test.test} test (${test.method}): p ${chanceWords(test.p)}, adjusted ${chanceWords(test['adjusted-p'])}`;
}

/** `predictions shifted by 0.83 standard deviations (alarm from 0.1); …`. */
export function predictionText({ reasons }: Pick<ColumnDrift, 'reasons'>): string {
  const words = (reasons[0] ?? '').replace(/^values drifted: /, '');
  return words.startsWith('shifted') ? `predictions ${words}` : `predictions drifted: ${words}`;
}

/** A hypothesis once its adjusted p-value is known: drift is significance and an effect over its floor. */
export function judgedTest(hypothesis: Hypothesis, adjusted: number, alpha: number): ColumnTest {
  const significant = adjusted <= alpha;
  const over = hypothesis.effects.some(({ value, floor }) => value >= floor);
  return { ...hypothesis, 'adjusted-p': adjusted, drifted: significant && over };
}

export interface ColumnVerdict {
  readonly sides: ColumnSides;
  readonly evidence: Evidence;
  readonly role: ColumnDrift['role'];
  readonly rows: { readonly reference: number; readonly current: number };
  readonly tests: readonly ColumnTest[];
  readonly structural: readonly StructuralFinding[];
  readonly weight: number;
  /** The level of one single test, by which the smallest shift is found. */
  readonly alpha: number;
  readonly floor: number;
}

function detectableText(shift: number | undefined, unit: ColumnDrift['shift-unit']): string[] {
  if (shift === undefined) return ['too few rows to detect any change reliably'];
  const size =
    unit === 'standard-deviations'
      ? `${plainNumber(shift)} standard deviations`
      : `${measuredShare(shift)} of the rows`;
  return [`smallest detectable change: ${size} (80% power)`];
}

/** A column as the report has it. */
export function columnDrift(verdict: ColumnVerdict): ColumnDrift {
  const { sides, evidence, role, rows, tests, structural, weight, alpha, floor } = verdict;
  const compared = evidence.hypotheses.some(({ of }) => of === 'values') || evidence.outcome === 'constant';
  const shift = compared ? detectableChange(evidence.detectable, { alpha, floor }) : undefined;
  const adjusted = tests.map((test) => test['adjusted-p']);
  return {
    name: sides.reference.name,
    kind: sides.reference.type,
    role,
    outcome: evidence.outcome,
    reference: { rows: rows.reference, missing: sides.reference.missing },
    current: { rows: rows.current, missing: sides.current.missing },
    statistics: evidence.statistics,
    tests: [...tests],
    structural: [...structural],
    'adjusted-p': adjusted.length > 0 ? Math.min(...adjusted) : null,
    drifted: isStructural(evidence.outcome) || [...tests, ...structural].some(({ drifted }) => drifted),
    'detectable-shift': shift ?? null,
    'shift-unit': evidence.unit,
    weight,
    ...(evidence.effective ? { 'effective-rows': evidence.effective } : {}),
    ...(evidence.medians ? { medians: evidence.medians } : {}),
    exact: evidence.exact,
    'new-categories': evidence.added,
    bins: evidence.bins,
    reasons: [
      ...structural.map(structuralText),
      ...tests.map(testText),
      ...evidence.notes,
      ...(compared ? detectableText(shift, evidence.unit) : []),
    ],
  };
}
