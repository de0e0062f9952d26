import type { RecordProblem } from '../../dataset/schema/record.ts';
import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import { day } from '../../platform/time-lengths.ts';
import { columnNumber } from '../../text/column-number.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';

/** Text from data, short and without characters that mislead. */
export function shownText(text: string, length = 40): string {
  return text === '' ? '(empty)' : clipText(visibleText(text), length);
}

/** A number of a feature; as it is where it was entered or is a limit: up to six digits. */
function shownNumber(value: number, { seen, unit }: ColumnSchema, digits = 6): string {
  return columnNumber(value, { among: seen ?? [], unit }, { digits });
}

/** A time in UTC: the day, with the time of the day unless it is midnight. */
function shownTime(time: number): string {
  const text = new Date(time).toISOString();
  return time % day === 0 ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}

/** A value of a column's range or of a record, with its unit. */
export function shownValue(column: ColumnSchema, value: number, digits?: number): string {
  const shown = shownAmount(column, value, digits);
  return column.type === 'date' || column.unit === undefined
    ? shown
    : `${shown} ${shownText(column.unit, 20)}`;
}

/** The same without its unit. */
export function shownAmount(column: ColumnSchema, value: number, digits?: number): string {
  return column.type === 'date' ? shownTime(value) : shownNumber(value, column, digits);
}

/** `from 1 to 500`, `of 1 or more`, `up to 500`, or nothing. */
function limits(column: ColumnSchema): string {
  const [low, high] = column.range ?? [null, null];
  const show = (value: number) => shownAmount(column, value);
  if (low !== null && high !== null) return ` from ${show(low)} to ${show(high)}`;
  if (low !== null) return ` of ${show(low)} or more`;
  return high === null ? '' : ` up to ${show(high)}`;
}

const nouns = { number: 'a number', date: 'a date', boolean: 'true or false', category: 'a text' } as const;

/** Why a field's value cannot be used, and what would be right. */
export function problemWords({ value }: RecordProblem, column: ColumnSchema): string {
  const wanted = `${nouns[column.type]}${limits(column)}${column.nullable ? ', or leave it empty' : ''}`;
  if (value === undefined) return `This ${column.type} is not complete. Enter ${wanted}.`;
  if (value === null) return `A value is needed here. Enter ${wanted}.`;
  if (typeof value === 'number') return `${shownValue(column, value)} is not allowed. Enter ${wanted}.`;
  const hint = /^-?\d+,\d+$/.test(String(value)) ? ' Decimals are written with a point.' : '';
  return `“${shownText(String(value))}” is not ${nouns[column.type]}. Enter ${wanted}.${hint}`;
}

/** What is unusual about a field's value, or about its having none: training hardly or never saw it. */
export function warningWords({ value }: RecordProblem, column: ColumnSchema): string {
  if (value === null) {
    return `Hardly any training row, or none, was without this ${column.type}: the model has not learnt what that means.`;
  }
  if (column.seen) {
    const [low, high] = column.seen;
    return `Training range is ${shownValue(column, low)} to ${shownValue(column, high)}: the model extrapolates here.`;
  }
  return `“${shownText(String(value))}” does not occur in training: the model treats it like any unknown value.`;
}
