import { formatCount } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import { measuredShare } from '../../text/percent.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { identifierKind, isRoleDeclared } from '../identity/identifiers.ts';
import { featureColumns } from '../schema/schema.ts';
import { columnOf, type Table, valueAt } from '../table/table.ts';
import { yearsOf } from '../time/year-column.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import { groupRemarks } from './group-remarks.ts';
import { personalRemarks } from './personal-remarks.ts';
import type { QualityRemark } from './quality-report.ts';
import { sentinelRemarks } from './sentinel-remarks.ts';
import { spellingRemarks } from './spelling-remarks.ts';
import { targetParts } from './target-parts.ts';
import { taskRemarks } from './task-remarks.ts';

/** Fewer rows say little of how often texts come back. */
const nearlyUniqueRows = 100;
const nearlyUniqueShare = 0.5;

/**
 * What the table seems to be, where ciclo.yml does not say so: row numbers and identifiers, texts that hardly come back,
 * parts of the target, time, groups. Each with the line that says it.
 *
 * @param found columns that only tell rows apart, and those of personal data, whatever ciclo.yml says of them.
 */
export function remarksOn(
  checked: CheckedDataset,
  {
    identifiers,
    personal,
  }: { readonly identifiers: readonly string[]; readonly personal: readonly string[] },
): QualityRemark[] {
  const others = identifiers.filter((name) => !personal.includes(name));
  return [
    ...taskRemarks(checked),
    ...personalRemarks(checked, personal),
    ...identifierRemarks(checked, others),
    ...nearlyUniqueRemarks(checked, [...identifiers, ...personal]),
    ...targetPartsRemarks(checked),
    ...timeRemarks(checked),
    ...groupRemarks(checked),
    ...alikeRemarks(checked),
    ...spellingRemarks(checked),
    ...sentinelRemarks(checked),
  ];
}

function alikeRemarks({ identity, schema }: CheckedDataset): QualityRemark[] {
  if (!identity.apart) return [];
  const rows = formatCount(identity.hashes.high.length);
  const message = `${rows} rows have only ${formatCount(identity.apart.keys)} different values of all columns but ${schema.target}, and equal ones have different targets: each row is divided by itself. Where equal rows are one thing, data.key or data.group says what a thing is`;
  return [{ kind: 'alike', message }];
}

function identifierRemarks(
  { table, config, schema }: CheckedDataset,
  identifiers: readonly string[],
): QualityRemark[] {
  const features = new Set(featureColumns(schema).map(({ name }) => name));
  return identifiers
    .filter((name) => !isRoleDeclared(name, config))
    .map((name): QualityRemark => {
      const column = columnOf(table, name);
      const kind = identifierKind(name, column) ?? 'identifier';
      const found =
        kind === 'row-number'
          ? `${name} numbers the rows (${examplesOf(table, name)})`
          : `${name} has another value in nearly every row`;
      const declare = `features: { ${yamlText(name)}: { type: ${column.type} } }`;
      const message = features.has(name)
        ? `${found}, so it tells nothing of new rows; it is a feature because no other column is left`
        : `${found}, which tells nothing of new rows: models do not see it. If it is a measurement, declare it: ${declare}; else prepare.exclude: [${yamlText(name)}] says so`;
      return { column: name, kind, message };
    });
}

/** The first numbers of rows. Other values of a few rows are quoted nowhere: remarks stand in public logs. */
function examplesOf(table: Table, name: string): string {
  const column = columnOf(table, name);
  const values = Array.from({ length: Math.min(3, table.rows) }, (_, row) => valueAt(column, row));
  return `${values.map((value) => clipText(visibleText(String(value ?? 'missing')), 30)).join(', ')} …`;
}

function nearlyUniqueRemarks(
  { table, columns, config, schema }: CheckedDataset,
  identifiers: readonly string[],
): QualityRemark[] {
  const features = new Set(featureColumns(schema).map(({ name }) => name));
  return columns.flatMap(({ name, type, missing, distinct }): QualityRemark[] => {
    const present = table.rows - missing;
    if (type !== 'category' || !features.has(name) || isRoleDeclared(name, config)) return [];
    if (identifiers.includes(name)) return [];
    if (present < nearlyUniqueRows || distinct <= present * nearlyUniqueShare) return [];
    return [
      {
        column: name,
        kind: 'nearly-unique',
        message: `${name} has ${formatCount(distinct)} different texts in ${formatCount(present)} rows (${measuredShare(distinct / present)}): free text or an identifier, of which a model learns next to nothing. prepare.exclude: [${yamlText(name)}] leaves it out; prepare.derive can make a column of what matters in it`,
      },
    ];
  });
}

function targetPartsRemarks({ train, schema }: CheckedDataset): QualityRemark[] {
  return targetParts(train, schema).map(({ columns, expression }) => ({
    column: columns[0],
    kind: 'parts-of-target',
    message: `${expression} is ${schema.target} in every row looked at: are they known before ${schema.target} is? If not, prepare.exclude: [${columns.map(yamlText).join(', ')}]`,
  }));
}

function timeRemarks({ table, config, schema }: CheckedDataset): QualityRemark[] {
  if (config.data.time !== undefined) return [];
  const dates = schema.columns
    .filter(({ name, type }) => type === 'date' && !config.prepare.exclude.includes(name))
    .map(({ name }) => name);
  const [first] = dates;
  if (first !== undefined) {
    const what = `${listNames(dates, 5)} ${dates.length === 1 ? 'is a date' : 'are dates'}`;
    return [mixedTimes(first, what, 'rows come in the order of time', config)];
  }
  for (const { name } of schema.columns) {
    if (isRoleDeclared(name, config)) continue;
    const years = yearsOf(name, columnOf(table, name));
    if (years === undefined || years.by === 'once') continue;
    const order = years.by === 'ordered' ? ', in the order of the rows' : '';
    const what = `${name} looks like years (whole numbers from ${years.first} to ${years.last}${order})`;
    return [mixedTimes(name, what, 'it is when a row happened', config)];
  }
  return [];
}

function mixedTimes(
  name: string,
  what: string,
  where: string,
  { data }: CheckedDataset['config'],
): QualityRemark {
  const settings =
    data.group === undefined
      ? `data.time: ${yamlText(name)} and split.by: time judge on the newest rows`
      : `data.time: ${yamlText(name)} says so`;
  return {
    column: name,
    kind: 'time',
    message: `${what}, and no data.time is declared: training and test are mixed over all times, so the test may be kinder than rows to come. Where ${where}, ${settings}`,
  };
}
