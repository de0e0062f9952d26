const lineFeed = 10;
const carriageReturn = 13;

/**
 * Where the line after the one that holds `from` begins, by LF, CRLF or CR; undefined when its end is not within
 * `bytes[0, to)`.
 *
 * @param final nothing follows: the last line needs no end.
 */
export function nextLine(bytes: Buffer, from: number, to: number, final: boolean): number | undefined {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === lineFeed) return at + 1;
    if (byte !== carriageReturn) continue;
    if (at + 1 < to) return bytes[at + 1] === lineFeed ? at + 2 : at + 1;
    return final ? to : undefined;
  }
  return final ? to : undefined;
}

/** A line's text without its end. */
export function lineText(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to).replace(/[\r\n]+$/, '');
}
