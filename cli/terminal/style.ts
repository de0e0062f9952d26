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

/**
 * Colour on a terminal that can show it and in GitHub's logs, which can; never when NO_COLOR is set (https://no-color.org).
 * FORCE_COLOR decides before all of this, as in Node itself: 0 or false is never, anything else always.
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM, GITHUB_ACTIONS } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR) return false;
  return GITHUB_ACTIONS === 'true' || (stream.isTTY === true && TERM !== 'dumb');
}
