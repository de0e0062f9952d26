import { declaredPositive, defaultPositive } from '../../dataset/schema/chosen-positive.ts';
import { type Column, columnLength, type Table, valueAt } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { LargeSet } from '../../platform/large-map.ts';
import { byCount } from '../../text/counts.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';

/** The labels of a table of predictions, and where their probabilities are. */
export interface ExternalClasses {
  /** Sorted by code unit. */
  readonly labels: readonly string[];
  /** Of a binary task. */
  readonly positive?: string;
  /** The column of a label's probability, by prefix: `''` or `champion_`. */
  probabilityColumn(prefix: string, label: string): string | undefined;
}

/** The positive class that somebody declared. */
export interface DeclaredPositive {
  readonly label: string;
  /** What declares it: `positive` in ciclo.yml, `--positive`. */
  readonly where: string;
}

const labelColumns = ['actual', 'predicted', 'champion_predicted'];
const probabilityName = /^(champion_)?p_(.+)$/s;

/** True for `p_<class>` and `champion_p_<class>`. */
export function isProbabilityColumn(name: string): boolean {
  return probabilityName.test(name);
}

/**
 * Finds the labels: those in `actual`, `predicted` and `champion_predicted`, and those that `p_<class>` columns name.
 *
 * @param declared the positive class, and what declares it.
 * @throws ConfigurationError when a column names a label that is probably another one misspelt, when a binary task
 *   does not have two labels, or when the declared class is none of them.
 */
export function externalClasses(
  table: Table,
  task: 'binary' | 'multiclass',
  declared: DeclaredPositive | undefined,
): ExternalClasses {
  const said = saidLabels(table);
  const columnOf = probabilityColumns(table, said);
  const labels = new Set(said);
  for (const key of columnOf.keys()) labels.add(key.replace(/^champion_/, ''));
  const sorted = [...labels].sort();
  if (task === 'binary' && sorted.length !== 2) throw notTwo(sorted);
  const positive =
    task === 'multiclass'
      ? undefined
      : declared
        ? declaredPositive(declared.label, sorted, declared.where)
        : (onlyGiven(sorted, columnOf) ?? defaultOf(table, sorted));
  return {
    labels: sorted,
    ...(positive === undefined ? {} : { positive }),
    probabilityColumn: (prefix, label) => columnOf.get(`${prefix}${label}`),
  };
}

/**
 * The columns of probabilities, by the label that each is of, with `champion_` before it where it is the champion's.
 *
 * @param said the labels that are known, as they are spelt.
 * @throws ConfigurationError when a label has two columns, or a column names one that is probably another misspelt.
 */
export function probabilityColumns(table: Table, said: ReadonlySet<string>): ReadonlyMap<string, string> {
  const columnOf = new Map<string, string>();
  for (const name of table.columns.keys()) {
    const match = probabilityName.exec(name);
    if (!match) continue;
    const key = `${match[1] ?? ''}${spelledAs(match[2]!, said)}`;
    if (columnOf.has(key)) {
      throw new ConfigurationError(
        `the predictions have two columns for the probability of ${quote(key.replace(/^champion_/, ''))}: ${columnOf.get(key)} and ${name}; keep one`,
      );
    }
    columnOf.set(key, name);
  }
  for (const [key, name] of columnOf) checkLabel(name, key.replace(/^champion_/, ''), said, columnOf);
  return columnOf;
}

/** The one of two labels whose probability a file gives: who gives one only means that one. */
function onlyGiven(labels: readonly string[], columnOf: ReadonlyMap<string, string>): string | undefined {
  const given = labels.filter((label) => columnOf.has(label));
  return given.length === 1 ? given[0] : undefined;
}

function defaultOf(table: Table, labels: readonly string[]): string {
  const rows = new Map(labels.map((label) => [label, 0]));
  const actual = table.columns.get('actual');
  for (let row = 0; actual && row < table.rows; row++) {
    const label = String(valueAt(actual, row));
    rows.set(label, (rows.get(label) ?? 0) + 1);
  }
  const [first, second] = labels as [string, string];
  return defaultPositive([
    { label: first, rows: rows.get(first)! },
    { label: second, rows: rows.get(second)! },
  ]).label;
}

function saidLabels(table: Table): Set<string> {
  const labels = new Set<string>();
  for (const name of labelColumns) {
    const column = table.columns.get(name);
    if (column) for (const label of differentValues(column)) labels.add(label);
  }
  return labels;
}

function differentValues(column: Column): string[] {
  const values = new LargeSet<unknown>();
  for (let row = 0; row < columnLength(column); row++) values.add(valueAt(column, row));
  return [...values].filter((value) => value !== null).map(String);
}

/** A label spelt as one that is known: `1.0` and `True` are what other tools write for 1 and true. */
export function spelledAs(label: string, said: ReadonlySet<string>): string {
  if (said.has(label)) return label;
  const number = label.trim() === '' ? label : String(Number(label));
  if (said.has(number)) return number;
  const lower = label.toLowerCase();
  return (lower === 'true' || lower === 'false') && (said.has('true') || said.has('false')) ? lower : label;
}

/** A heading that names no label of the rows, beside a label without probabilities that is spelt much alike. */
function checkLabel(
  name: string,
  label: string,
  said: ReadonlySet<string>,
  columnOf: ReadonlyMap<string, string>,
): void {
  if (said.has(label)) return;
  const prefix = name.startsWith('champion_') ? 'champion_' : '';
  const without = [...said].filter((other) => !columnOf.has(`${prefix}${other}`));
  const suggestion = didYouMean(
    name,
    without.map((other) => `${prefix}p_${other}`),
  );
  if (suggestion === '') return;
  throw new ConfigurationError(
    `the predictions have the column ${quote(name)}, but no row has the label ${quote(label)}${suggestion}; the labels are ${listNames([...said].sort())}`,
  );
}

function notTwo(labels: readonly string[]): ConfigurationError {
  const found = `the predictions have ${byCount(labels.length, 'one label', `${labels.length} labels`)} (${listNames(labels, 8)}), and the task binary needs two`;
  return new ConfigurationError(
    labels.length < 2
      ? `${found}: name the other in a column p_<class>`
      : `${found}: is the task multiclass, or is one of them misspelt?`,
  );
}
