import type { SampleRecord } from '../../config/lock/lock.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Config } from '../../config/sections/schema.ts';
import { isEngineSource } from '../../config/sections/sources/source.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark, QualityReport } from './quality-report.ts';

/** What quality.json says of a sample. */
export type SampleReport = NonNullable<QualityReport['rows']['sampled']>;

/** Fewer rows of a class than this say little of it. */
const fewRows = 50;

/**
 * What is said of a sample.
 *
 * @param rows that were drawn. @returns undefined where they are all.
 */
export function sampleReport(
  sample: SampleRecord | undefined,
  { data }: Config,
  rows: number,
): SampleReport | undefined {
  if (!sample || rows >= sample.of) return undefined;
  const { key, group } = data;
  const of = { of: sample.of, ...(sample.by === undefined ? {} : { by: sample.by }) };
  if (group !== undefined) return { ...of, unit: 'group', columns: [group] };
  if (key === undefined) return { ...of, unit: 'row' };
  return { ...of, unit: 'key', columns: typeof key === 'string' ? [key] : [...key] };
}

/**
 * How many rows were drawn, and how; undefined where all were taken.
 *
 * @example `2,000,000 of 31,482,113 rows (by a hash of id, each fraud in its share)`
 */
export function sampleWords({
  read,
  sampled,
}: Pick<QualityReport['rows'], 'read' | 'sampled'>): string | undefined {
  if (!sampled) return undefined;
  const { of, unit, columns = [], by } = sampled;
  const hashed = {
    row: 'by a hash of the row',
    key: `by a hash of ${listNames(columns, 5)}`,
    group: `by a hash of ${listNames(columns, 5)}, whose rows are taken together`,
  }[unit];
  const share = by === undefined ? '' : `, each ${by} in its share`;
  return `${formatCount(read)} of ${formatCount(of)} rows (${hashed}${share})`;
}

/** Rows of which an engine drew all that look alike, so that the sample may have few of the different ones that there are. */
export function alikeInSample(
  sample: SampleRecord | undefined,
  { config: { data }, identity }: Pick<CheckedDataset, 'config' | 'identity'>,
): QualityRemark[] {
  const { key, group, source } = data;
  if (!sample || key !== undefined || group !== undefined || !source || !isEngineSource(source)) return [];
  const rows = identity.equal.first.length;
  const different = identity.apart?.keys ?? rows - identity.equal.repeated;
  if (rows >= sample.of || different * 2 >= rows) return [];
  return [
    {
      kind: 'sample',
      message: `rows that look alike were drawn together: the sample has ${counted(rows, 'row')}, and only ${formatCount(different)} different ones. The table may have many more: name a data.key that tells its rows apart, or select one in data.source.query`,
    },
  ];
}

/** Classes that a sample has hardly any rows of, though the table has more. */
export function sampleRemarks(sample: SampleRecord | undefined): QualityRemark[] {
  if (sample?.by === undefined || sample.rows >= sample.of) return [];
  const few = sample.strata.flatMap(({ value, of }) => {
    const rows = Math.max(1, Math.floor((of * sample.rows) / sample.of));
    // A value that hardly any row has is named nowhere.
    const named = typeof value === 'string' && of >= fewestPublishedRows;
    return named && rows < fewRows && rows < of ? [{ value, of, rows }] : [];
  });
  if (few.length === 0) return [];
  const named = few.map(
    ({ value, of, rows }) =>
      `${clipText(visibleText(value), 60)} (about ${formatCount(rows)} of ${formatCount(of)})`,
  );
  const rarest = Math.min(...few.map(({ of }) => of));
  const needed = Math.ceil((Math.min(fewRows, rarest) / rarest) * sample.of);
  return [
    {
      column: sample.by,
      kind: 'sample',
      message: `${counted(few.length, 'value')} of ${sample.by} ${byCount(few.length, 'has', 'have')} fewer than ${fewRows} rows in the sample: ${listNames(named, 5)}. Shares are those of all rows, so that measures mean these; data.sample: ${needed} would bring more`,
    },
  ];
}
