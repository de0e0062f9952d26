import { ConfigurationError, quote } from '../../platform/errors.ts';
import { LargeSet } from '../../platform/large-map.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { CategoryColumn } from '../table/table.ts';
import { hintOf, quotedValue } from './column-hints.ts';
import { yamlText } from './declared-line.ts';
import type { Reading, Readings } from './reading.ts';
import { refuseStrays } from './stray-values.ts';

/** A column of texts whose type nobody declared. */
export interface TextColumn {
  readonly name: string;
  readonly column: CategoryColumn;
  readonly places: RowPlaces;
}

const shownExamples = 5;

/** Texts that people write where there is no value, besides those that always mean missing. */
const likeMissing =
  /^(?:[-–—.*?/x]+|n\.? ?[adk]\.?|none|nil|null|unknown|missing|not available|k\.? ?a\.?|nd|tbd|empty|void|blank)$/i;

/** `features: { price: { type: number, format: "1.234,5" } }`, to be written into ciclo.yml. */
export function declarationOf(
  name: string,
  { type, format }: Pick<Reading, 'type' | 'format'> | { type: 'category'; format?: undefined },
): string {
  const written = format === undefined ? '' : `, format: ${yamlText(format)}`;
  return `features: { ${yamlText(name)}: { type: ${type}${written} } }`;
}

/**
 * Refuses a column of texts that can be read in several ways.
 *
 * @throws ConfigurationError with the readings of examples, and a line for ciclo.yml for each.
 */
function refuseAmbiguous({ name, column, places }: TextColumn, readings: readonly Reading[]): never {
  const [first, ...others] = readings as [Reading, ...Reading[]];
  const kind = first.type === 'date' ? 'dates' : 'numbers';
  const differs = Uint8Array.from(column.dictionary, (text) =>
    Number(others.some((other) => other.read(text) !== first.read(text))),
  );
  const wanted = differs.includes(1) ? (code: number) => differs[code] === 1 : () => true;
  const lines: string[] = [];
  for (let row = 0; row < column.codes.length && lines.length < shownExamples; row++) {
    const code = column.codes[row]!;
    if (code < 0 || !wanted(code)) continue;
    const text = column.dictionary[code]!;
    const meant = readings.map(
      (reading) => `${shown(reading, text)} as ${reading.format ?? 'a plain number'}`,
    );
    const example = `${quote(text)} is ${meant.join(', or ')}`;
    lines.push(
      `  ${places.describe(row)}: ${hintOf(name) === undefined ? example : quotedValue(name, text)}`,
    );
  }
  const present = column.codes.reduce((sum, code) => sum + Number(code >= 0), 0);
  throw new ConfigurationError(
    [
      `column ${quote(name)}: its ${formatCount(present)} values are ${kind} that can be read in ${readings.length === 2 ? 'two' : readings.length} ways:`,
      ...lines,
      'add to ciclo.yml the line that is right:',
      ...readings.map((reading) => `  ${declarationOf(name, reading)}`),
      `  ${declarationOf(name, { type: 'category' })}`,
    ].join('\n'),
  );
}

/**
 * Refuses a column when most of its texts, and not all, are numbers or dates.
 *
 * @throws ConfigurationError with how many are what, the first five others with file and row, and what to do.
 */
export function refuseOthers({ name, column, places }: TextColumn, reading: Reading): void {
  const stray = Uint8Array.from(column.dictionary, (text) => Number(reading.read(text) === undefined));
  const texts = [
    ...new LargeSet(column.dictionary.filter((_, code) => stray[code] === 1).map((text) => text.trim())),
  ];
  const used = usedOnly(column, texts);
  const kind = reading.type === 'date' ? 'dates' : 'numbers';
  const written = reading.format === undefined ? '' : ` written as ${reading.format}`;
  const markers = used.length > 0 && used.length <= 20 && used.every((text) => likeMissing.test(text));
  refuseStrays(column, {
    name,
    isStray: (code) => stray[code] === 1,
    places,
    problem: (strays, present) =>
      `column ${quote(name)}: ${formatCount(present - strays)} of ${counted(present, 'value')} are ${kind}${written}, ${byCount(strays, 'one is', `${formatCount(strays)} are`)} not:`,
    remedy: [
      markers
        ? `if ${used.map(quote).join(', ')} means missing, add to ciclo.yml`
        : 'fix the data; if these texts mean missing, add to ciclo.yml',
      `  prepare: { missing-markers: { add: [${(markers ? used : used.slice(0, 1)).map((text) => JSON.stringify(text)).join(', ')}] } }`,
      'or, to keep the texts as they are,',
      `  ${declarationOf(name, { type: 'category' })}`,
    ].join('\n'),
  });
}

/** Refuses a column of dates or times in a form that is not read. @throws ConfigurationError with examples and what to do. */
function refuseUnread({ name, column, places }: TextColumn): never {
  const lines: string[] = [];
  const seen = new Uint8Array(column.dictionary.length);
  for (let row = 0; row < column.codes.length && lines.length < shownExamples; row++) {
    const code = column.codes[row]!;
    if (code < 0 || seen[code] === 1) continue;
    seen[code] = 1;
    lines.push(`  ${places.describe(row)}: ${quotedValue(name, column.dictionary[code])}`);
  }
  throw new ConfigurationError(
    [
      `column ${quote(name)}: most of its values look like dates or times, in a form that Ciclo does not read:`,
      ...lines,
      'write them as 2026-03-31 or 2026-03-31T12:30 where they come from, or, to keep the texts as they are, add to ciclo.yml',
      `  ${declarationOf(name, { type: 'category' })}`,
    ].join('\n'),
  );
}

/** A word for the log when a column's texts are read in another way than programs write them. */
export function toldReading(name: string, { dictionary, codes }: CategoryColumn, reading: Reading): string {
  const code = codes.find((one) => one >= 0)!;
  const text = dictionary[code]!;
  const kind = reading.type === 'date' ? 'dates' : 'numbers';
  const written = reading.format === undefined ? 'texts' : reading.format;
  const example = hintOf(name) === undefined ? `: ${quote(text)} is ${shown(reading, text)}` : '';
  return `column ${quote(name)}: read as ${kind} that are written as ${written}${example}; to keep the texts, ${declarationOf(name, { type: 'category' })}`;
}

function usedOnly({ codes, dictionary }: CategoryColumn, texts: readonly string[]): string[] {
  const used = new Set<string>();
  for (const code of codes) if (code >= 0) used.add(dictionary[code]!.trim());
  return texts.filter((text) => used.has(text));
}

function shown({ type, read }: Reading, text: string): string {
  const value = read(text);
  if (value === undefined) return 'not read';
  return type === 'number' ? String(value) : new Date(value).toISOString().replace(/T00:00:00\.000Z$/, '');
}

/** What the texts of a column turned out to be: a reading, or none, where they are categories. @throws ConfigurationError. */
export function chosenReading(texts: TextColumn, readings: Readings): Reading | undefined {
  switch (readings.kind) {
    case 'one':
      return readings.reading;
    case 'several':
      return refuseAmbiguous(texts, readings.readings);
    case 'most':
      refuseOthers(texts, readings.reading);
      return undefined;
    case 'unread':
      return refuseUnread(texts);
    case 'none':
      return undefined;
  }
}
