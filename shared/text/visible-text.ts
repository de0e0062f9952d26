/** Text from data as a reader may see it: nothing that misleads, nothing without end. */

/**
 * Characters that change how their neighbours look or that cannot be seen: control codes, line and paragraph
 * separators, bidirectional controls (U+202E turns a file name around), zero-width spaces, the byte order mark.
 * The joiners U+200C and U+200D stay: Persian and emoji need them.
 */
const treacherous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Text from data that cannot mislead: treacherous characters written out (`\u202E`), half characters replaced. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(
      treacherous,
      (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
}

/**
 * Texts of at most `length` characters each that still differ: where the beginnings of several are alike, the middle is
 * cut out.
 *
 * @example clipApart(['Unknown bird - small', 'Unknown bird - large', 'Mallard'], 12) // ['Unk… - small', 'Unk… - large', 'Mallard']
 */
export function clipApart(texts: readonly string[], length: number): string[] {
  const clipped = texts.map((text) => clipText(text, length));
  return clipped.map((short, i) => {
    const alone = clipped.indexOf(short) === clipped.lastIndexOf(short);
    if (alone) return short;
    const characters = [...texts[i]!];
    const first = Math.floor(length / 4);
    return characters.length <= length
      ? short
      : `${characters.slice(0, first).join('')}…${characters.slice(first + 1 - length).join('')}`;
  });
}

/** At most `length` characters, the last an ellipsis when something was cut. */
export function clipText(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters: string[] = [];
  for (const character of text) {
    characters.push(character);
    if (characters.length > length) return `${characters.slice(0, length - 1).join('')}…`;
  }
  return text;
}
