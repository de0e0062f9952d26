// What HTML is written with: safe templates, the page around them, its style, small drawings and tables.
import { namePieces } from '../../text/name-breaks.ts';
import { clipText } from '../../text/visible-text.ts';
import { escapeText } from './data-text.ts';
import { type Hole, longestName, SafeText, templatesOf } from './template.ts';

/** HTML that may go into a page as it is: made by `html` or declared safe by `trusted`, never from data. */
export class Markup extends SafeText<'HTML'> {
  readonly language = 'HTML';
}

/** What can stand in a template: markup goes in as it is, text is escaped, `undefined` and `false` vanish. */
export type Child = Hole<Markup>;

const { fill } = templatesOf(Markup, escapeText);

/** A template whose holes are escaped. Attribute values must stand between double quotes. */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return fill(parts, children);
}

/** Declares text to be markup: for a renderer's own output (Vega's SVG, the style sheet), never for data. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A name or value from data: escaped, cut at 60 characters, broken between its words, its writing direction kept to itself. */
export function dataText(text: string, length: number = longestName): Markup {
  const shown = text === '' ? '(empty)' : clipText(text, length);
  return new Markup(`<bdi>${namePieces(shown).map(escapeText).join('<wbr>')}</bdi>`);
}
