/**
 * Parses JSON (RFC 8259) as the language does, but keeps as text, as it was written, a number that a double
 * cannot stand for: a whole number beyond ±2^53, so that an identifier keeps its last digits, and one beyond
 * the largest double.
 *
 * @throws SyntaxError when the text is not JSON.
 */
function parseJson(text: string): unknown {
  return /\d{16}|e\+?\d{3}/i.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/** How {@link parseLenientJson} writes an infinite number. */
const infinite = /^-?1e999$/;

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value;
  if (infinite.test(source)) return value;
  return !Number.isFinite(value) || /^-?\d+$/.test(source) ? source : value;
}

/** Longer texts are not searched for the place of an error. */
const longestSearched = 1 << 26;

/**
 * Where a text stops being JSON: an offset in UTF-16 code units; undefined when it is too long to be searched.
 *
 * The language says the place in some of its messages only. A prefix of the text fails by its end as long as
 * it stops before the error, and by something inside it as soon as it goes beyond: so the place is found by
 * bisection.
 */
export function errorOffset(text: string): number | undefined {
  if (text.length > longestSearched) return undefined;
  let before = 0;
  let beyond = text.length + 1;
  while (beyond - before > 1) {
    const middle = (before + beyond) >> 1;
    if (failsInside(text.slice(0, middle))) beyond = middle;
    else before = middle;
  }
  return before;
}

function failsInside(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    if (position !== undefined)
      return Number(position) < prefix.length && !message.startsWith('Unterminated');
    return !message.startsWith('Unexpected end');
  }
}

const lenientToken = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|-?\bNaN\b/gs;
const standIns: Readonly<Record<string, string>> = {
  NaN: 'null',
  '-NaN': 'null',
  Infinity: '1e999',
  '-Infinity': '-1e999',
};

/**
 * Parses JSON as {@link parseJson} does, and what Python writes besides: `NaN` is null, `Infinity` an infinite
 * number, which cleaning counts.
 *
 * @throws SyntaxError when the text is not JSON even so.
 */
export function parseLenientJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    const plain = text.replace(lenientToken, (token) => standIns[token] ?? token);
    if (plain === text) throw error;
    return parseJson(plain);
  }
}
