// What there is to know of a table beside what is decided: each note with the line that would say it.
import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import type { Panel } from '../dataset/quality/panel.ts';
import { featurePowers, leakageBound } from '../dataset/quality/quality-features.ts';
import type { QualityCheck } from '../dataset/quality/quality-report.ts';
import { trainingRows } from '../dataset/split/divided-rows.ts';
import type { Table } from '../dataset/table/table.ts';
import { yamlText } from '../dataset/types/declared-line.ts';
import { counted, formatCount } from '../text/counts.ts';
import { listNames } from '../text/nearest-name.ts';
import { declaredShare, measuredShare } from '../text/percent.ts';
import type { Finding } from './findings.ts';
import type { LeftOut, Proposal } from './proposal.ts';

/** A year would be a number to learn from, were it not the time: nobody who counts on it must lose it without a word. */
export function unseenTime(table: Table, time: string | undefined): string[] {
  if (time === undefined || table.columns.get(time)?.type !== 'number') return [];
  return [
    `no model sees ${time}, since rows to come lie beyond all that it has learned. Where the target follows ${time}, features: { ${yamlText(time)}: { type: number } } lets models see it`,
  ];
}

/** What becomes of the columns beside the features. */
export interface SettledColumns {
  readonly leftOut: readonly LeftOut[];
  readonly key: string | undefined;
  readonly time: string | undefined;
  readonly group: string | undefined;
  /** Whether the newest rows judge. */
  readonly byTime: boolean;
}

/** Checks that warn of what models make of a column. */
const ofFeatures: readonly string[] = ['leakage', 'many-categories'];

/** What is said of a table: what was found and is not settled, each with the line that would settle it. */
function notesOf(findings: readonly Finding[], settled: SettledColumns): string[] {
  const { key, time, group, byTime } = settled;
  const gone = new Set(settled.leftOut.map(({ column }) => column));
  const roles = [key, time, group];
  const isFeature = (column: string): boolean => !gone.has(column) && !roles.includes(column);
  const panel = findings.find((one) => one.kind === 'panel')?.panel;
  const checks: QualityCheck[] = [];
  const groups: string[] = [];
  const others: string[] = [];
  for (const one of findings) {
    if (one.kind === 'check') {
      const { check, column } = one.check;
      const isSettled =
        column !== undefined && (ofFeatures.includes(check) ? !isFeature(column) : gone.has(column));
      if (!isSettled) checks.push(one.check);
    } else if (one.kind === 'panel') {
      groups.push(...panelNote(one.panel, { group, byTime, gone }));
    } else if (one.kind === 'group') {
      if (group === undefined && !gone.has(one.column) && one.column !== panel?.unit)
        groups.push(one.message);
    } else if (one.kind === 'unread') {
      if (gone.has(one.column)) others.push(one.message);
    } else if (isFeature(one.column) && !(one.kind === 'years' && time !== undefined)) {
      others.push(one.message);
    }
  }
  return [...groups, ...manyMissing(checks), ...others];
}

/** The notes of a proposal, by what it decides. */
export function notesOfProposal({
  findings = [],
  leftOut,
  key,
  time,
  group,
  byTime,
}: Omit<Proposal, 'notes'>): string[] {
  return notesOf(findings, {
    leftOut,
    key: key?.value,
    time: time?.value,
    group: group?.value,
    byTime: byTime?.value === true,
  });
}

/** What follows from keeping a unit's rows together, or from not doing so. */
function panelNote(
  { unit, time, units, times }: Panel,
  { group, byTime, gone }: { group: string | undefined; byTime: boolean; gone: ReadonlySet<string> },
): string[] {
  const rows = `the rows are ${formatCount(units)} different ${unit} at ${formatCount(times)} different ${time}`;
  if (group === unit) {
    return [
      `${rows}: models do not see ${unit} and are judged by ${unit} that they have not learned from. If rows to come are of the same ${unit}, --no-group judges by these`,
    ];
  }
  if (group !== undefined || gone.has(unit)) return [];
  return byTime
    ? [
        `${rows}, and the newest rows judge: those of the same ${unit}. If rows to come are of another ${unit}, --group ${unit} judges by such ones`,
      ]
    : [
        `${rows}: a model knows the ${unit} of a test row from training, which is kind to it unless rows to come are of the same ${unit}. --group ${unit} keeps the rows of one together`,
      ];
}

/** So many columns with missing values are told one by one. */
const mostAlone = 5;
const mostNamed = 12;

/** What checks say, but of many columns with missing values only which they are: of a wide table that is one note, not hundreds. */
function manyMissing(checks: readonly QualityCheck[]): string[] {
  const missing = checks.filter(({ check, column }) => check === 'max-missing' && column !== undefined);
  const [first] = missing;
  if (first === undefined || missing.length <= mostAlone) return checks.map(({ message }) => message);
  const names = missing.map(({ column }) => column!);
  return [
    `${counted(missing.length, 'column')} are missing in more than ${declaredShare(Number(first.allowed))} of the rows: ${listNames(names, mostNamed)}`,
    ...checks.flatMap((check) => (missing.includes(check) ? [] : [check.message])),
  ];
}

/** Of what a model of the majority or the mean gets wrong, a column that alone explains more is worth a question. */
const nearCopy = 0.95;

/** Columns that nearly give the target away, too little to be left out: an honest one may do so, and a late one does. */
export function nearCopies(found: PreparedDataset): Finding[] {
  const { quality, schema } = found;
  const strongest = Math.max(
    0,
    ...quality.checks.map(({ check, measured }) => (check === 'leakage' ? Number(measured) : 0)),
  );
  if (strongest < nearCopy) return [];
  return featurePowers(trainingRows(found).table, schema).flatMap(({ name, power }): Finding[] =>
    power < nearCopy || power > leakageBound
      ? []
      : [
          {
            kind: 'near-copy',
            column: name,
            message: `${name} alone explains ${measuredShare(power)} of ${schema.target}: is it known before ${schema.target} is? If not, --exclude ${name}`,
          },
        ],
  );
}
