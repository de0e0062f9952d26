import { ConfigurationError, quote } from '../../platform/errors.ts';
import { refuseForeign } from '../unread-files.ts';
import type { ByteSource } from './byte-source.ts';

/** Names that an error lists; `TextDecoder` knows many more. */
const usualNames =
  'utf-8, utf-16le, utf-16be, windows-1250, windows-1251, windows-1252, iso-8859-1, iso-8859-2, iso-8859-15, macintosh, shift_jis, euc-jp, gbk, gb18030, big5, euc-kr';

/**
 * A source of text as UTF-8, chunk by chunk; its digest remains that of the bytes as they are stored. Text that
 * begins with UTF-16's byte-order mark is read as UTF-16 without being declared.
 *
 * @param encoding `data.source.encoding`: a label of the WHATWG Encoding Standard. Default: UTF-8.
 * @throws ConfigurationError for a label that nobody knows, and, while reading, for files that are no text, and bytes that the
 *   encoding does not have, with their offset.
 */
export function utf8Source(source: ByteSource, encoding?: string): ByteSource {
  if (encoding !== undefined) decoderOf(encoding);
  const isUtf8 = encoding !== undefined && decoderOf(encoding).encoding === 'utf-8';
  return {
    ...source,
    open: () => {
      const own = { ...source, open: () => ofText(source) };
      return encoding === undefined || isUtf8 ? marked(own) : transcoded(own, encoding);
    },
  };
}

/** The bytes, unless they are known to be none of a text. @throws ConfigurationError that says what they are. */
async function* ofText(source: ByteSource): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of source.open()) {
    if (first) refuseForeign(chunk, source.name);
    first = false;
    yield chunk;
  }
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw new ConfigurationError(
      `data.source.encoding is ${quote(label)}, which is not an encoding that is known; usual ones are ${usualNames}`,
      { cause: error },
    );
  }
}

/** The bytes as they are, unless a mark says that they are UTF-16. */
async function* marked(source: ByteSource): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of source.open()) {
    if (first) {
      const mark = ((chunk[0] ?? 0) << 8) | (chunk[1] ?? 0);
      if (mark === 0xfffe || mark === 0xfeff) {
        yield* transcoded(source, mark === 0xfffe ? 'utf-16le' : 'utf-16be');
        return;
      }
      first = false;
    }
    yield chunk;
  }
}

async function* transcoded(source: ByteSource, label: string): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(label);
  let before = 0;
  for await (const chunk of source.open()) {
    if (before === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
      throw new ConfigurationError(
        `${source.name} begins with the byte-order mark of UTF-8, and data.source.encoding is ${quote(label)}: leave it out`,
      );
    }
    yield Buffer.from(await decoded(() => decoder.decode(chunk, { stream: true }), source, label, before));
    before += chunk.length;
  }
  const rest = Buffer.from(await decoded(() => decoder.decode(), source, label, before));
  if (rest.length > 0) yield rest;
}

async function decoded(
  decode: () => string,
  source: ByteSource,
  label: string,
  before: number,
): Promise<string> {
  try {
    return decode();
  } catch (error) {
    const { offset, bytes } = await invalidBytes(source, label, before);
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new ConfigurationError(
      `${source.name} is not ${label}: invalid bytes at offset ${offset} (${hex}); ` +
        'say in data.source.encoding what it is written in, or leave that out for UTF-8',
      { cause: error },
    );
  }
}

/** Reads again to find where the encoding breaks: the decoder itself does not say. */
async function invalidBytes(
  source: ByteSource,
  label: string,
  before: number,
): Promise<{ offset: number; bytes: number[] }> {
  const decoder = decoderOf(label);
  let offset = 0;
  for await (const chunk of source.open()) {
    if (offset + chunk.length <= before) {
      decoder.decode(chunk, { stream: true });
    } else {
      for (let at = 0; at < chunk.length; at++) {
        try {
          decoder.decode(chunk.subarray(at, at + 1), { stream: true });
        } catch {
          return { offset: offset + at, bytes: [...chunk.subarray(at, at + 4)] };
        }
      }
    }
    offset += chunk.length;
  }
  return { offset, bytes: [] };
}
