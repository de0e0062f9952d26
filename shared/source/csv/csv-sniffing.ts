import { ConfigurationError, quote } from '../../platform/errors.ts';
import { isDelimiter } from './csv-prelude.ts';

const candidates = [',', ';', '\t', '|'];

/** How often each candidate stands in a line outside quotation marks. */
function countsOf(line: string): number[] {
  const counts = candidates.map(() => 0);
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted) {
      const candidate = candidates.indexOf(character);
      if (candidate >= 0) counts[candidate]!++;
    }
  }
  return counts;
}

/** The header line: the candidate that stands in it most often outside quotation marks. */
export function delimiterOfHeader(bytes: Buffer, from: number): number {
  const text = bytes.toString('utf8', from);
  let quoted = false;
  let end = 0;
  for (; end < text.length; end++) {
    const character = text[end];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
  }
  const counts = countsOf(text.slice(0, end));
  return candidates[counts.indexOf(Math.max(...counts))]!.charCodeAt(0);
}

/**
 * The delimiter of rows without a header: one that every line has as often as the first. A comma comes last: it may
 * stand before decimals.
 */
export function delimiterOfRows(lines: readonly string[]): number {
  const found = commonDelimiter(lines);
  return (found ?? ',').charCodeAt(0);
}

/** A candidate that all lines have equally often, at least once; the comma last. */
export function commonDelimiter(lines: readonly string[], besides?: number): string | undefined {
  const counts = lines.map(countsOf);
  const order = [1, 2, 3, 0].filter((candidate) => candidates[candidate]!.charCodeAt(0) !== besides);
  const found = order.find((candidate) => {
    const first = counts[0]?.[candidate] ?? 0;
    return first > 0 && counts.every((count) => count[candidate] === first);
  });
  return found === undefined ? undefined : candidates[found];
}

/** The byte of a configured delimiter. @throws ConfigurationError when it cannot divide cells. */
export function delimiterByte(delimiter: string): number {
  if (isDelimiter(delimiter)) return delimiter.charCodeAt(0);
  throw new ConfigurationError(
    `data.source.delimiter is ${quote(delimiter)}; it must be one ASCII character other than a quotation ` +
      'mark or a line end: "," or ";" or "\\t" or "|"',
  );
}
