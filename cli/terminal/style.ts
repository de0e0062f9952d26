import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Words in colour and weight, or as they are. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
  accent(text: string): string;
}

/** Styles for a terminal (`colour`), or functions that change nothing. */
export function createStyle(colour: boolean): Style {
  // The stream was judged by the caller (wantsColour), so styleText need not look at process.stdout.
  const paint = (format: Format) => (text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    doubtful: paint('yellow'),
    accent: paint('cyan'),
  };
}

/** Colour only on a terminal that can show it, and never when NO_COLOR is set (https://no-color.org). */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
