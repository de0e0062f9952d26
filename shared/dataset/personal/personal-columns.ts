// Columns that hold personal data, recognised by their names and values.

import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { LargeSet } from '../../platform/large-map.ts';
import type { Column, Table } from '../table/table.ts';
import { hintOf, mayBeNames, type NameHint } from '../types/column-hints.ts';
import {
  isAddress,
  isBankAccount,
  isCardNumber,
  isEmail,
  isKnownName,
  isNameShaped,
  isNationalNumber,
  isPhoneDigits,
  isWrittenPhone,
  passedChecks,
} from './personal-values.ts';

/** What a personal column holds. */
export type PersonalKind = NameHint;

/** Different values looked at, evenly drawn from all. */
const mostValues = 5000;
/** Fewer different values say too little, unless each is unmistakable. */
const fewestValues = 20;
const fewestPlain = 5;
/** Of a column that is called as personal data are: one value stands in all rows, and no model sees it. */
const fewestNamed = 2;
/** Of the different values so many are of the kind; of a column that is called so, half. */
const mostShare = 0.8;
const namedShare = 0.5;
/** Of a column that is only called "name", so many are surely persons'. */
const knownNameShare = 0.3;

/** The different values as texts, whole numbers in digits; undefined for columns that hold nothing of the kind. */
function distinctTexts(column: Column): string[] | undefined {
  if (column.type === 'category') {
    return drawn(usedCodes(column.codes, column.dictionary.length), (code) => column.dictionary[code]!);
  }
  if (column.type !== 'number') return undefined;
  const used = new LargeSet<number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value) || value < 1e6) return undefined;
    used.add(value);
  }
  const values = [...used];
  const longest = values.reduce((most, value) => Math.max(most, String(value).length), 0);
  // Programs that read digits as a number lose the zeros before them.
  return drawn(values, (value) => String(value).padStart(longest, '0'));
}

/** The codes that occur, in the order of their first rows; most columns have shown all of theirs after a few rows. */
function usedCodes(codes: Int32Array, entries: number): number[] {
  const isUsed = new Uint8Array(entries);
  const used: number[] = [];
  for (let row = 0; row < codes.length && used.length < entries; row += 1) {
    const code = codes[row]!;
    if (code < 0 || isUsed[code] === 1) continue;
    isUsed[code] = 1;
    used.push(code);
  }
  return used;
}

function drawn<Entry>(entries: readonly Entry[], textOf: (entry: Entry) => string): string[] {
  const count = Math.min(mostValues, entries.length);
  return Array.from({ length: count }, (_, i) => textOf(entries[Math.floor((i * entries.length) / count)]!));
}

function shareOf(texts: readonly string[], is: (text: string) => boolean): number {
  return texts.filter(is).length / texts.length;
}

/** The largest share that passes the check of one country. */
function checkedShare(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const country of passedChecks(text)) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) / texts.length;
}

/**
 * What personal data a column holds, by its name and its different values: e-mail and IP addresses, phone numbers, bank
 * accounts, card and national numbers, persons' names. Check digits decide over all values together, since one of ten
 * random numbers passes Luhn's; a column that is only called `name` is looked at for titles and given names.
 *
 * @example personalKind('contact', categories(['ann@example.org', …])) // 'e-mail'
 */
export function personalKind(name: string, column: Column): PersonalKind | undefined {
  const texts = distinctTexts(column);
  const hint = hintOf(name);
  const isNamed = hint !== undefined || mayBeNames(name);
  if (!texts || texts.length < (isNamed ? fewestNamed : fewestPlain)) return undefined;
  const enough = (kind: PersonalKind): number => (hint === kind ? namedShare : mostShare);
  if (column.type === 'category') {
    if (shareOf(texts, isEmail) >= namedShare) return 'e-mail';
    if (shareOf(texts, isBankAccount) >= enough('iban')) return 'iban';
    if (shareOf(texts, isAddress) >= enough('ip-address')) return 'ip-address';
    if (shareOf(texts, isNationalNumber) >= enough('national-number')) return 'national-number';
  }
  const numbered = numberedKind(hint, texts, enough);
  if (numbered || column.type !== 'category') return numbered;
  return shareOf(texts, isWrittenPhone) >= enough('phone') ? 'phone' : nameKind(name, hint, texts);
}

function numberedKind(
  hint: NameHint | undefined,
  texts: readonly string[],
  enough: (kind: PersonalKind) => number,
): PersonalKind | undefined {
  if (hint === 'phone' && shareOf(texts, isPhoneDigits) >= mostShare) return 'phone';
  if (hint === 'national-number' && shareOf(texts, isAnyNumber) >= mostShare) return 'national-number';
  if (texts.length < fewestValues) return undefined;
  if (shareOf(texts, isCardNumber) >= enough('card-number')) return 'card-number';
  return checkedShare(texts) >= enough('national-number') ? 'national-number' : undefined;
}

/** A text with at least six digits and no more than letters and separators beside them. */
function isAnyNumber(text: string): boolean {
  return text.length <= 24 && text.replace(/\D/g, '').length >= 6 && /^[\p{L}\d\s./-]+$/u.test(text);
}

function nameKind(name: string, hint: NameHint | undefined, texts: readonly string[]): 'name' | undefined {
  if (hint === 'name') return shareOf(texts, isNameShaped) >= mostShare ? 'name' : undefined;
  if (!mayBeNames(name)) return undefined;
  // Eight doctors with 50 rows each are persons as well; so few values have to be names for the greater part.
  const enough = texts.length < fewestValues ? mostShare : knownNameShare;
  return shareOf(texts, isKnownName) >= enough ? 'name' : undefined;
}

/** How a sentence calls what a personal column holds. */
export const personalWords: Readonly<Record<PersonalKind, string>> = {
  'e-mail': 'e-mail addresses',
  phone: 'phone numbers',
  iban: 'bank account numbers (IBAN)',
  'card-number': 'card numbers',
  'national-number': 'national or tax numbers of persons',
  name: 'names of persons',
  'ip-address': 'IP addresses',
};

/**
 * The columns that hold personal data, by name. What a lock froze stays so; columns that came since are looked at.
 *
 * @param table the rows as they were read, typed.
 */
export function personalColumns(
  table: Table,
  { target }: Pick<Config, 'target'>,
  lock: Pick<Lock, 'types' | 'personal'> | undefined,
): string[] {
  const frozen = lock?.personal;
  const found: string[] = [];
  for (const [name, column] of table.columns) {
    if (name === target) continue;
    const known = frozen !== undefined && Object.hasOwn(lock!.types, name);
    if (known ? frozen.includes(name) : personalKind(name, column) !== undefined) found.push(name);
  }
  return found.sort();
}

/** Whether ciclo.yml lets models see a personal column. */
export function isPersonalAllowed(name: string, { prepare }: Pick<Config, 'prepare'>): boolean {
  const { personal } = prepare.checks;
  return personal === 'allowed' || (personal?.allowed.includes(name) ?? false);
}
