import { constants, isUtf8 } from 'node:buffer';
import { ConfigurationError } from '../../platform/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { checkText } from '../files/text-encoding.ts';

const longestLine = 1 << 28;

/**
 * All of a source's text, without its byte-order mark.
 *
 * @throws ConfigurationError when it is not UTF-8 or longer than a string can be (about 512 MiB).
 */
export async function textOfSource(source: ByteSource): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    length += chunk.length;
    if (length > constants.MAX_STRING_LENGTH) {
      throw new ConfigurationError(
        `${source.name} has more than ${constants.MAX_STRING_LENGTH} bytes, the most that one JSON document may; ` +
          'write it as NDJSON, one object a line',
      );
    }
    chunks.push(Buffer.from(chunk));
  }
  return decode(Buffer.concat(chunks, length), 0, source.name);
}

/** A source's lines, without their ends. @throws ConfigurationError when the text is not UTF-8. */
export async function* linesOf(source: ByteSource): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of source.open()) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    const end = bytes.lastIndexOf(10) + 1;
    if (end > 0) yield* split(decode(bytes.subarray(0, end - 1), offset, source.name));
    else if (bytes.length > longestLine) {
      throw new ConfigurationError(
        `${source.name} has a line of more than ${longestLine} bytes; is it NDJSON?`,
      );
    }
    rest = bytes.subarray(end);
    offset += end;
  }
  if (rest.length > 0) yield* split(decode(rest, offset, source.name));
}

function split(text: string): string[] {
  return text.split(/\r?\n/);
}

function decode(bytes: Buffer, offset: number, name: string): string {
  if (!isUtf8(bytes) || bytes.includes(0)) checkText(bytes, offset, name);
  const text = bytes.toString('utf8');
  return offset === 0 && text.startsWith('\ufeff') ? text.slice(1) : text;
}
