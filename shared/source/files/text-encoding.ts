import { isUtf8 } from 'node:buffer';
import { ConfigurationError } from '../../platform/errors.ts';

/**
 * Says what is wrong with bytes that are not plain UTF-8 text.
 *
 * @param offset of the first byte in the file.
 * @throws ConfigurationError with the offset of the first NUL byte or invalid UTF-8 sequence.
 */
export function checkText(bytes: Uint8Array, offset: number, file: string): void {
  const nul = bytes.indexOf(0);
  const text = nul < 0 ? bytes : bytes.subarray(0, nul);
  if (!isUtf8(text)) {
    const at = validLength(text);
    const hex = [...text.subarray(at, at + 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
    throw new ConfigurationError(
      `${file} is not UTF-8: invalid bytes at offset ${offset + at} (${hex}); save it as UTF-8 ` +
        '(iconv -f WINDOWS-1252 -t UTF-8, when it comes from an older Windows program), ' +
        'or say what it is: data: { source: { encoding: windows-1252 } }',
    );
  }
  if (nul >= 0) {
    throw new ConfigurationError(
      `${file} has a NUL byte at offset ${offset + nul}: it is not text in UTF-8 ` +
        '(UTF-16 without its mark, a binary file, or cut short while it was written); ' +
        'if it is UTF-16, add data: { source: { encoding: utf-16le } }',
    );
  }
}

/** How many leading bytes are valid UTF-8, by bisection over the whole characters. */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (high - low > 4) {
    let middle = (low + high) >> 1;
    // Step back to a character's first byte, but not below what is known to be valid.
    for (let back = 0; back < 3 && middle > low + 1 && (bytes[middle]! & 0xc0) === 0x80; back++) middle--;
    if (isUtf8(bytes.subarray(low, middle))) low = middle;
    else high = middle;
  }
  for (let length = Math.min(bytes.length, high + 4); length > low; length--) {
    if (isUtf8(bytes.subarray(low, length))) return length;
  }
  return low;
}
