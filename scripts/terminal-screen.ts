/** Escape sequences of a terminal, and the characters that move its cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are sent
const piece = /\u001b\[(?<codes>[\d;?]*)(?<end>[A-Za-z])|(?<control>[\r\n\b])|(?<text>[^\u001b\r\n\b]+)/gu;

/**
 * What stands on a terminal in the end, when a program has moved its cursor up, written over lines and erased them: as a
 * reader sees it who scrolls back. Knows what prompts and progress bars use: cursor up, down, right, left and to a column,
 * erasing a line or what is below; colours and modes are left out.
 *
 * @param sent all that was sent to the terminal.
 * @returns lines without the blanks at their ends; no empty ones at the end.
 */
export function screenOf(sent: string): string {
  const lines: string[][] = [[]];
  let [row, column] = [0, 0];
  const lineAt = (at: number): string[] => {
    while (lines.length <= at) lines.push([]);
    return lines[at]!;
  };
  const write = (text: string): void => {
    for (const letter of text) {
      const line = lineAt(row);
      while (line.length < column) line.push(' ');
      line[column] = letter;
      column += 1;
    }
  };
  const move = (end: string, codes: string): void => {
    const count = Number(codes === '' ? 1 : codes);
    if (end === 'A') row = Math.max(0, row - count);
    else if (end === 'B') row += count;
    else if (end === 'C') column += count;
    else if (end === 'D') column = Math.max(0, column - count);
    else if (end === 'G') column = count - 1;
    else if (end === 'J') {
      lineAt(row).length = Math.min(lineAt(row).length, column);
      lines.length = row + 1;
    } else if (end === 'K') lineAt(row).splice(codes === '2' ? 0 : column);
    else if (end !== 'm' && !codes.startsWith('?')) throw new Error(`unknown sequence ESC[${codes}${end}`);
  };
  for (const { groups } of sent.matchAll(piece)) {
    const { codes, end, control, text } = groups!;
    if (text !== undefined) write(text);
    else if (control === '\r') column = 0;
    else if (control === '\b') column = Math.max(0, column - 1);
    else if (control === '\n') row += 1;
    else move(end!, codes!);
    lineAt(row);
  }
  return lines
    .map((line) => line.join('').trimEnd())
    .join('\n')
    .trimEnd();
}
