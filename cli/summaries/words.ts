import { stripVTControlCharacters } from 'node:util';
import type { Style } from '../terminal/style.ts';

/** How text for people is laid out. */
export interface TextLayout {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
}

/** So narrow that a whole digest fits beside a name in 80 columns. */
const indent = 9;

/** Lines under a name that stands at the left: `Prepare   406 rows …`. Long lines are wrapped. */
export function block(name: string, { style, width }: TextLayout, lines: readonly string[]): string[] {
  const wrapped = lines.flatMap((line) => wrap(line, width - indent));
  return wrapped.map((line, i) =>
    i === 0 ? style.bold(name.padEnd(indent)) + line : `${' '.repeat(indent)}${line}`,
  );
}

/** Breaks a text that is too long at spaces; escape sequences take no room; continuation lines are indented by two. */
export function wrap(text: string, width: number): string[] {
  if (visibleLength(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() === '' || visibleLength(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line.trimEnd());
    line = `  ${word}`;
  }
  return [...lines, line];
}

/** Characters that a terminal shows of a text. */
export function visibleLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Pads a text, styled or not, to a width. */
export function padTo(text: string, width: number, side: 'left' | 'right'): string {
  const room = ' '.repeat(Math.max(0, width - visibleLength(text)));
  return side === 'left' ? text + room : room + text;
}

/** `sha256:` and twelve digits: enough to tell two apart by eye. `--json` has them whole. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
