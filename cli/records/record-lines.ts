import { ConfigurationError, quote } from '../../shared/platform/errors.ts';

/** Characters of a line that is longer than any record should be: a file of another format. */
const longestLine = 1 << 26;

/**
 * The lines of a UTF-8 stream, with their numbers from 1; empty ones are passed over.
 *
 * @throws ConfigurationError for a line that is too long, and bytes that are not UTF-8.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<{ text: string; line: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 0;
  for await (const chunk of chunks) {
    const pieces = (rest + decode(decoder, chunk, name)).split('\n');
    rest = pieces.pop()!;
    if (rest.length > longestLine) {
      throw new ConfigurationError(
        `${name}:${line + pieces.length + 1}: a line of more than ${longestLine >> 20} Mi characters; NDJSON has one record on each line: is the file JSON (--format json)?`,
      );
    }
    for (const piece of pieces) {
      line++;
      if (piece.trim() !== '') yield { text: piece, line };
    }
  }
  rest += decode(decoder, undefined, name);
  if (rest.trim() !== '') yield { text: rest, line: line + 1 };
}

/** All of a UTF-8 stream as text. */
export async function textOfStream(chunks: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  for await (const chunk of chunks) pieces.push(decode(decoder, chunk, name));
  pieces.push(decode(decoder, undefined, name));
  return pieces.join('');
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, name: string): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    throw new ConfigurationError(`${name} is not UTF-8 text: save it as UTF-8`, { cause: error });
  }
}

/** Parses a line of NDJSON. @throws ConfigurationError with the line's number when it is not JSON. */
export function recordOfLine({ text, line }: { text: string; line: number }, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(
      `${name}:${line}: ${quote(text)} is not JSON: NDJSON has one JSON object on each line`,
      { cause: error },
    );
  }
}
