import { clipText } from '../../text/visible-text.ts';

/** No sentence is longer, in characters; whatever is came from data and is cut. */
const longestText = 600;
/** The same for a name or value from data. */
export const longestName = 60;

/**
 * Text of one language that may go into a document as it is: written by a template, never taken from data. Each language
 * has a class of its own, so that neither the compiler nor a template takes one language for another.
 */
export abstract class SafeText<Language extends string> {
  abstract readonly language: Language;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can fill a hole: safe text goes in as it is, other text is escaped, `undefined` and `false` vanish. */
export type Hole<Safe> = Safe | string | number | undefined | false | readonly Hole<Safe>[];

/** Templates of one language. */
export interface Templates<Safe> {
  /** The text of a template, its holes filled. */
  fill(parts: TemplateStringsArray, holes: readonly Hole<Safe>[]): Safe;
  /** What fills one hole. */
  filling(hole: Hole<Safe>): string;
}

/**
 * Templates whose holes are escaped.
 *
 * @param safe makes text of the language safe: its class.
 * @param literal makes a text literal in the language.
 * @throws TypeError from `fill`, for a hole of another language.
 * @example
 * const { fill } = templatesOf(Markup, escapeText);
 * const html = (parts: TemplateStringsArray, ...holes: Hole<Markup>[]) => fill(parts, holes);
 * html`<p>${'1 < 2'}</p>`.toString(); // <p>1 &lt; 2</p>
 */
export function templatesOf<Safe extends SafeText<string>>(
  safe: new (text: string) => Safe,
  literal: (text: string) => string,
): Templates<Safe> {
  const filling = (hole: Hole<Safe>): string => {
    if (hole === undefined || hole === false) return '';
    if (typeof hole === 'string') return literal(clipText(hole, longestText));
    if (typeof hole === 'number') return String(hole);
    if (hole instanceof safe) return hole.toString();
    if (isList(hole)) return hole.map(filling).join('');
    throw new TypeError(`cannot fill a hole of ${safe.name} with ${hole.language}: write it in ${safe.name}`);
  };
  const fill = (parts: TemplateStringsArray, holes: readonly Hole<Safe>[]): Safe => {
    let text = parts[0]!;
    for (const [i, hole] of holes.entries()) text += filling(hole) + parts[i + 1]!;
    return new safe(text);
  };
  return { fill, filling };
}

function isList<Safe extends SafeText<string>>(hole: Hole<Safe>): hole is readonly Hole<Safe>[] {
  return Array.isArray(hole);
}
