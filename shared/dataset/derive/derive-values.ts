import type { ColumnType } from '../table/table.ts';

/** The values of the columns that an expression reads, by slot; one frame serves all rows, one after the other. */
export interface ExpressionFrame {
  /** Numbers, dates (milliseconds since 1970) and booleans (0, 1); NaN is missing. */
  readonly numbers: Float64Array;
  /** Categories; null is missing. */
  readonly texts: (string | null)[];
}

/** Number, date or boolean of a row; NaN is missing. */
export type NumberTerm = (frame: ExpressionFrame) => number;
/** Category of a row; null is missing. */
export type TextTerm = (frame: ExpressionFrame) => string | null;

/** A compiled part of an expression. Its type is known before any row is. */
export type Term =
  | { readonly type: 'number' | 'date' | 'boolean'; readonly run: NumberTerm }
  | { readonly type: 'category'; readonly run: TextTerm }
  | { readonly type: 'null' };

/** Texts longer than this become missing: no expression can fill the memory. */
export const longestText = 10_000;

/** Keeps a text within bounds. */
export function boundedText(text: string): string | null {
  return text.length > longestText ? null : text;
}

const articles = {
  number: 'a number',
  category: 'a text',
  boolean: 'true or false',
  date: 'a date',
  null: 'always missing',
};

/** `a number`, for messages. */
export function describeType(type: ColumnType | 'null'): string {
  return articles[type];
}

/** A number, date or boolean as a number; for constants, a term that is always missing. */
export function asNumber(term: Term): NumberTerm | undefined {
  if (term.type === 'null') return () => Number.NaN;
  return term.type === 'category' ? undefined : term.run;
}

/** Any term as text, as a template or `+` with a text writes it. */
export function asText(term: Term): TextTerm {
  switch (term.type) {
    case 'null':
      return () => null;
    case 'category':
      return term.run;
    case 'boolean': {
      const { run } = term;
      return (frame) => {
        const value = run(frame);
        return Number.isNaN(value) ? null : value === 1 ? 'true' : 'false';
      };
    }
    default: {
      const { run } = term;
      return (frame) => {
        const value = run(frame);
        return Number.isFinite(value) ? String(value) : null;
      };
    }
  }
}
