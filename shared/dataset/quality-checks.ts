import type { LevelCheck, ShareCheck } from '../config/prepare-section.ts';
import type { Config } from '../config/schema.ts';
import { predictivePower } from './leakage.ts';
import type { QualityCheck, QualityReport } from './quality-report.ts';
import { countOccurrences, hashRows } from './row-id.ts';
import { type DatasetSchema, featureColumns } from './schema.ts';
import { type Sides, sideNames } from './split.ts';
import { type Column, columnLength, type Table } from './table.ts';

/** A prepared table before it is divided, and what is known of it. */
export interface Checked {
  /** The rows kept. */
  readonly table: Table;
  readonly sides: Sides;
  readonly schema: DatasetSchema;
  readonly config: Config;
  /** Hashes of the keys, as the split saw them. */
  readonly keyWords: Uint32Array;
  readonly rows: { readonly pinned: number; readonly dropped: number; readonly missingTarget: number };
}

/** Above this a single feature predicts the target suspiciously well. */
const leakageBound = 0.99;
const correlationBound = 0.999;
/** Categories beyond this many are worth a word. */
const manyCategories = 1000;

/** Looks at the data as `prepare.checks` asks. */
export function qualityChecks(checked: Checked, columns: QualityReport['columns']): QualityCheck[] {
  const { checks } = checked.config.prepare;
  return [
    ...missingChecks(checked, columns, checks['max-missing']),
    ...duplicateCheck(checked, checks['max-duplicates']),
    ...droppedChecks(checked, checks['max-dropped']),
    minRowsCheck(checked, checks['min-rows']),
    ...constantChecks(checked, columns, checks.constant),
    ...leakageChecks(checked, checks.leakage),
    ...splitDuplicateCheck(checked, checks['split-duplicates']),
    ...keyOverlapCheck(checked, checks['key-overlap']),
    ...manyCategoriesChecks(checked, columns),
  ];
}

const percent = (value: number): string => `${Number((value * 100).toPrecision(3))}%`;

interface Bounds {
  readonly warn?: number | undefined;
  readonly fail?: number | undefined;
}

function boundsOf(check: ShareCheck): Bounds | undefined {
  if (check === 'off') return undefined;
  return typeof check === 'number' ? { fail: check } : check;
}

/** Judges a share against the two levels. */
function judgeShare(
  name: string,
  bounds: Bounds,
  measured: number,
  message: (status: 'pass' | 'warn' | 'fail', allowed: string) => string,
  column?: string,
): QualityCheck {
  const failed = bounds.fail !== undefined && measured > bounds.fail;
  const warned = bounds.warn !== undefined && measured > bounds.warn;
  const status = failed ? 'fail' : warned ? 'warn' : 'pass';
  const allowed = (failed ? bounds.fail : (bounds.warn ?? bounds.fail)) ?? 1;
  return {
    check: name,
    status,
    measured,
    allowed,
    message: message(status, percent(allowed)),
    ...(column === undefined ? {} : { column }),
  };
}

function missingChecks(
  { schema, table }: Checked,
  columns: QualityReport['columns'],
  check: ShareCheck,
): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || table.rows === 0) return [];
  const features = new Set(featureColumns(schema).map((column) => column.name));
  const results = columns
    .filter(({ name }) => features.has(name))
    .map(({ name, missing }) =>
      judgeShare(
        'max-missing',
        bounds,
        missing / table.rows,
        (_, allowed) =>
          `${name} is missing in ${percent(missing / table.rows)} of the rows; allowed: ${allowed}`,
        name,
      ),
    );
  return summarise(results, 'max-missing', 'every feature has few enough missing values');
}

/** Those that did not pass; when all did, one line for the worst. */
function summarise(results: readonly QualityCheck[], check: string, message: string): QualityCheck[] {
  const found = results.filter(({ status }) => status !== 'pass');
  if (found.length > 0 || results.length === 0) return found;
  const worst = results.reduce((a, b) => (Number(b.measured) > Number(a.measured) ? b : a));
  return [{ check, status: 'pass', measured: worst.measured, allowed: worst.allowed, message }];
}

function duplicateCheck({ table }: Checked, check: ShareCheck): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || table.rows === 0) return [];
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  let duplicates = 0;
  for (const occurrence of countOccurrences(high, low)) if (occurrence > 0) duplicates++;
  const measured = duplicates / table.rows;
  return [
    judgeShare(
      'max-duplicates',
      bounds,
      measured,
      (status, allowed) =>
        `${duplicates} of ${table.rows} rows equal an earlier row in every column (${percent(measured)}; allowed: ${allowed})${status === 'pass' ? '' : ': prepare.duplicates: drop keeps the first of each'}`,
    ),
  ];
}

function droppedChecks({ rows }: Checked, check: ShareCheck): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || rows.pinned === 0) return [];
  const measured = rows.dropped / rows.pinned;
  return [
    judgeShare(
      'max-dropped',
      bounds,
      measured,
      (_, allowed) =>
        `cleaning dropped ${rows.dropped} of ${rows.pinned} rows (${percent(measured)}; allowed: ${allowed}), ${rows.missingTarget} of them because the target is missing`,
    ),
  ];
}

function minRowsCheck({ table }: Checked, least: number): QualityCheck {
  return {
    check: 'min-rows',
    status: table.rows < least ? 'fail' : 'pass',
    measured: table.rows,
    allowed: least,
    message: `${table.rows} rows are left after cleaning; at least ${least} are asked for`,
  };
}

function constantChecks(
  { schema }: Checked,
  columns: QualityReport['columns'],
  level: LevelCheck,
): QualityCheck[] {
  if (level === 'off') return [];
  const features = new Set(featureColumns(schema).map((column) => column.name));
  const constant = columns.filter(({ name, distinct }) => features.has(name) && distinct <= 1);
  if (constant.length === 0) {
    return [
      {
        check: 'constant',
        status: 'pass',
        measured: 0,
        allowed: 0,
        message: 'every feature has at least two values',
      },
    ];
  }
  return constant.map(({ name, distinct }) => ({
    check: 'constant',
    column: name,
    status: level,
    measured: distinct,
    allowed: 2,
    message: `${name} ${distinct === 0 ? 'has no value at all' : 'has one value only'}: it cannot help a model; prepare.exclude leaves it out`,
  }));
}

function leakageChecks({ table, schema, sides }: Checked, level: LevelCheck): QualityCheck[] {
  if (level === 'off') return [];
  const training = sides.reduce((count, side) => count + (side === 0 ? 1 : 0), 0);
  const pick = new Uint32Array(training);
  let at = 0;
  for (let row = 0; row < sides.length; row++) if (sides[row] === 0) pick[at++] = row;
  const limited = pick.subarray(0, 50_000);
  const targets = targetCodes(table.columns.get(schema.target)!, schema, limited);
  const results = featureColumns(schema).flatMap(({ name }): QualityCheck[] => {
    const column = sample(table.columns.get(name)!, limited);
    const power = predictivePower(column, targets, schema.classes?.length) ?? 0;
    const linear =
      column.type === 'number' && targets instanceof Float64Array
        ? Math.abs(correlation(column.values, targets))
        : 0;
    const leaks = power > leakageBound || linear > correlationBound;
    return [
      {
        check: 'leakage',
        column: name,
        status: leaks ? level : 'pass',
        measured: Math.max(power, linear > correlationBound ? linear : 0),
        allowed: leakageBound,
        message: leaks
          ? `${name} alone predicts ${schema.target} almost perfectly: is it known before ${schema.target} is? If not, prepare.exclude it`
          : `${name} alone does not give ${schema.target} away`,
      },
    ];
  });
  return summarise(results, 'leakage', `no feature alone gives ${schema.target} away`);
}

function targetCodes(column: Column, schema: DatasetSchema, rows: Uint32Array): Float64Array | Int32Array {
  if (column.type === 'category') {
    const index = new Map((schema.classes ?? []).map((label, code) => [label, code]));
    const codes = column.dictionary.map((label) => index.get(label) ?? -1);
    return Int32Array.from(rows, (row) => codes[column.codes[row]!] ?? -1);
  }
  return Float64Array.from(rows, (row) => column.values[row]!);
}

function sample(column: Column, rows: Uint32Array): Column {
  if (column.type === 'category')
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
  if (column.type === 'boolean')
    return { ...column, values: Int8Array.from(rows, (row) => column.values[row]!) };
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
}

/** Pearson's correlation over the rows where both are there; 0 when one is constant. */
function correlation(a: Float64Array, b: Float64Array): number {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let varianceA = 0;
  let varianceB = 0;
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    varianceA += dx * (x - meanA);
    varianceB += dy * (y - meanB);
    both += dx * (y - meanB);
  }
  return varianceA > 0 && varianceB > 0 ? both / Math.sqrt(varianceA * varianceB) : 0;
}

function splitDuplicateCheck({ table, schema, sides }: Checked, level: LevelCheck): QualityCheck[] {
  if (level === 'off') return [];
  const features = featureColumns(schema).map((column) => column.name);
  if (features.length === 0) return [];
  const { high, low } = hashRows(table, features.sort());
  const straddling = countStraddling(high, low, sides);
  return [
    {
      check: 'split-duplicates',
      status: straddling > 0 ? level : 'pass',
      measured: straddling,
      allowed: 0,
      message:
        straddling > 0
          ? `${straddling} validation or test rows equal a training row in every feature: the judgement is a little too kind; prepare.duplicates: drop, or a data.group that keeps such rows together, mends it`
          : 'no validation or test row equals a training row in every feature',
    },
  ];
}

/** Validation and test rows whose words a training row has too. */
function countStraddling(high: Uint32Array, low: Uint32Array, sides: Sides): number {
  let size = 16;
  while (size < high.length * 2) size *= 2;
  const slots = new Int32Array(size);
  const find = (row: number): number => {
    let slot = (high[row]! ^ Math.imul(low[row]!, 0x9e3779b1)) & (size - 1);
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (high[entry - 1] === high[row] && low[entry - 1] === low[row]) return slot;
      slot = (slot + 1) & (size - 1);
    }
    return slot;
  };
  for (let row = 0; row < sides.length; row++) if (sides[row] === 0) slots[find(row)] = row + 1;
  let straddling = 0;
  for (let row = 0; row < sides.length; row++) if (sides[row] !== 0 && slots[find(row)] !== 0) straddling++;
  return straddling;
}

function keyOverlapCheck({ keyWords, sides, config }: Checked, level: LevelCheck): QualityCheck[] {
  // By hash of the key itself there can be none; by time and by group there can.
  if (level === 'off' || config.data.key === undefined) return [];
  const overlap = countStraddling(keyWords, keyWords, sides);
  return [
    {
      check: 'key-overlap',
      status: overlap > 0 ? level : 'pass',
      measured: overlap,
      allowed: 0,
      message:
        overlap > 0
          ? `${overlap} validation or test rows have the key of a training row: the split by ${config.data.group === undefined ? config.split.by : `group ${config.data.group}`} divides what data.key calls one thing`
          : `no key is on two sides of the split (${sideNames.join(', ')})`,
    },
  ];
}

function manyCategoriesChecks(
  { schema, config }: Checked,
  columns: QualityReport['columns'],
): QualityCheck[] {
  const features = new Set(featureColumns(schema).map((column) => column.name));
  return columns
    .filter(
      ({ name, type, distinct }) => features.has(name) && type === 'category' && distinct > manyCategories,
    )
    .map(({ name, distinct }) => ({
      check: 'many-categories',
      column: name,
      status: 'warn' as const,
      measured: distinct,
      allowed: manyCategories,
      message: `${name} has ${distinct} different texts, which the recipe ${config.features[name]?.encode === 'one-hot' ? 'cuts to the most frequent' : 'hashes into buckets'}: is it an identifier? prepare.exclude leaves it out`,
    }));
}

/** Missing and distinct values of every column. */
export function columnCounts(table: Table): QualityReport['columns'] {
  return [...table.columns].map(([name, column]) => ({ name, type: column.type, ...countsOf(column) }));
}

function countsOf(column: Column): { missing: number; distinct: number } {
  if (column.type === 'category') {
    const seen = new Uint8Array(column.dictionary.length);
    let missing = 0;
    for (const code of column.codes) {
      if (code < 0) missing++;
      else seen[code] = 1;
    }
    return { missing, distinct: seen.reduce((sum, flag) => sum + flag, 0) };
  }
  if (column.type === 'boolean') {
    const counts = [0, 0, 0];
    for (const value of column.values) counts[value + 1]!++;
    return { missing: counts[0]!, distinct: Number(counts[1]! > 0) + Number(counts[2]! > 0) };
  }
  return countNumbers(column.values, columnLength(column));
}

function countNumbers(values: Float64Array, rows: number): { missing: number; distinct: number } {
  const words = new Uint32Array(values.buffer, values.byteOffset, rows * 2);
  let size = 1024;
  let slots = new Int32Array(size);
  let distinct = 0;
  let missing = 0;
  const place = (row: number): boolean => {
    const a = words[2 * row]!;
    const b = words[2 * row + 1]!;
    let slot = (Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (words[2 * (entry - 1)] === a && words[2 * (entry - 1) + 1] === b) return false;
      slot = (slot + 1) & (size - 1);
    }
    slots[slot] = row + 1;
    return true;
  };
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    if (!place(row)) continue;
    distinct++;
    if (distinct * 2 < size) continue;
    const held = slots.filter((entry) => entry !== 0);
    size *= 4;
    slots = new Int32Array(size);
    for (const entry of held) place(entry - 1);
  }
  return { missing, distinct };
}
