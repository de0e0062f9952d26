import { clipText } from '../../text/visible-text.ts';
import { escapeText } from './data-text.ts';

/** No sentence of a report is longer; whatever is came from data and is cut. */
const longestText = 600;
const longestName = 60;

/** HTML that may go into a page as it is: made by `html` or declared safe by `trusted`, never from data. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can stand in a template: markup goes in as it is, text is escaped, `undefined` and `false` vanish. */
export type Child = Markup | string | number | undefined | false | readonly Child[];

/** A template whose holes are escaped. Attribute values must stand between double quotes. */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Markup {
  let text = parts[0]!;
  for (const [i, child] of children.entries()) text += render(child) + parts[i + 1]!;
  return new Markup(text);
}

/** Declares text to be markup: for a renderer's own output (Vega's SVG, the style sheet), never for data. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A name or value from data: escaped, cut at 60 characters, its writing direction kept to itself. */
export function dataText(text: string, length: number = longestName): Markup {
  const shown = text === '' ? '(empty)' : clipText(text, length);
  return new Markup(`<bdi>${escapeText(shown)}</bdi>`);
}

function render(child: Child): string {
  if (child instanceof Markup) return child.toString();
  if (child === undefined || child === false) return '';
  if (typeof child === 'string') return escapeText(clipText(child, longestText));
  if (typeof child === 'number') return String(child);
  return child.map(render).join('');
}
