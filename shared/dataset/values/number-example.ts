import { ConfigurationError, quote } from '../../platform/errors.ts';
import { type Marks, type NumberNotation, numberIn, numberOfBody, numberParts } from './number-notation.ts';
import { numberOfText } from './number-text.ts';

/**
 * A notation as an example: the number 1234.5 as it is written, `1.234,5`, `$1,234.5`, `1234,5 kg`. This is what
 * `features.<column>.format` of a number says.
 */
export function formatNotation({ decimal, thousands, unit, unitFirst }: NumberNotation): string {
  const number = `1${thousands}234${decimal}5`;
  if (unit === '') return number;
  const gap = /^\p{L}/u.test(unit) ? ' ' : '';
  return unitFirst ? `${unit}${gap}${number}` : `${number}${gap}${unit}`;
}

/**
 * The notation that an example shows; undefined when it shows none. The last mark is the decimal one, unless it stands
 * before exactly three digits or more than once: then it groups (`1.234` and `1.234.567` are whole numbers).
 */
export function parseNotation(example: string): NumberNotation | undefined {
  const parts = numberParts(example);
  if (!parts || (parts.before !== '' && parts.behind !== '')) return undefined;
  const marks = marksOf(parts.body);
  if (!marks || Number.isNaN(numberOfBody(parts.body, marks))) return undefined;
  return { ...marks, unit: parts.before || parts.behind, unitFirst: parts.before !== '' };
}

function marksOf(body: string): Marks | undefined {
  const found = body.match(/[.,'_ ]/g) ?? [];
  const last = found.at(-1);
  if (last === undefined) return { decimal: '.', thousands: '' };
  const kinds = new Set(found);
  const groups =
    found.filter((mark) => mark === last).length > 1 || (kinds.size === 1 && /\D\d{3}$/.test(body));
  const thousands = groups ? last : found.find((mark) => mark !== last);
  const decimal = groups ? (last === '.' ? ',' : '.') : last;
  if (kinds.size > 2 || (groups && kinds.size > 1) || (decimal !== '.' && decimal !== ',')) return undefined;
  return { decimal, thousands: (thousands ?? '') as Marks['thousands'] };
}

/**
 * A reader of numbers that are written as an example shows; without one as programs write them. NaN is not a number. A text
 * that programs would write with an exponent or as infinity is read by their rules under every example.
 *
 * @param where the key path that the example is written at, for messages.
 * @throws ConfigurationError for an example that is not a number.
 */
export function numberTextReader(example: string | undefined, where: string): (text: string) => number {
  if (example === undefined) return numberOfText;
  const notation = parseNotation(example);
  if (!notation) {
    throw new ConfigurationError(
      `${where}: ${quote(example)} is not a number as an example; write 1234.5 as the column writes it, such as "1.234,5", "$1,234.5" or "1234,5 kg"`,
    );
  }
  return (text) => numberIn(text, notation);
}
