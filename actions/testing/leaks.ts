import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Bytes or texts, by what they are called in a message. */
export type Shown = ReadonlyMap<string, string | Uint8Array>;

/** All files of a folder, folders within it too; what is packed by gzip is unpacked. */
export async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const bytes = await readFile(file);
        const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
        return [path.relative(folder, file), packed ? gunzipSync(bytes) : bytes] as const;
      }),
    ),
  );
}

/**
 * Which secrets stand where, in whatever form: as they are, as addresses, JSON and web pages write them, in Base64 wherever it
 * begins, in hexadecimal, and in UTF-16.
 *
 * @returns lines for a message; none is what a test expects.
 */
export function leaksIn(shown: Shown, secrets: readonly string[]): string[] {
  const leaks: string[] = [];
  for (const [where, content] of shown) {
    const bytes = Buffer.from(content);
    const lower = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
    for (const secret of secrets) {
      for (const [form, text] of formsOf(secret)) {
        const own = Buffer.isBuffer(text) ? text : Buffer.from(text);
        const small = Buffer.from(own.toString('latin1').toLowerCase(), 'latin1');
        const isCoded = form.startsWith('Base64');
        if ((isCoded ? bytes : lower).includes(isCoded ? own : small))
          leaks.push(`${secret} in ${where} (${form})`);
      }
    }
  }
  return leaks;
}

function formsOf(secret: string): [form: string, text: string | Buffer][] {
  const url = new URL('http://h/');
  url.pathname = secret;
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return [
    ['as it is', secret],
    ['Latin-1', Buffer.from(secret, 'latin1')],
    ['UTF-16', Buffer.from(secret, 'utf16le')],
    ['of an address', encodeURIComponent(secret)],
    ['of a path', url.pathname.slice(1)],
    ['of a form', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['HTML', html],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ...[0, 1, 2].flatMap((before): [string, string][] => {
      const inner = innerBase64(secret, before);
      return [
        [`Base64 behind ${before}`, inner],
        [`Base64 of addresses behind ${before}`, inner.replaceAll('+', '-').replaceAll('/', '_')],
      ];
    }),
  ];
}

/** The signs that are of the secret alone where so many bytes, modulo 3, stand before it. */
function innerBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  return bytes.toString('base64').slice(Math.ceil((8 * before) / 6), Math.floor((8 * bytes.length) / 6));
}
