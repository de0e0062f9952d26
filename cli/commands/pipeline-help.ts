import { wrap } from '../summaries/words.ts';

/** Columns of a terminal that is not asked how wide it is. */
const width = 80;

/** The exit codes, as the help of every command ends with them. */
export function exitCodeHelp(found?: string): string {
  return [
    '',
    'Exit codes:',
    '  0  done',
    ...(found === undefined ? [] : hanging('  1  ', `with --exit-code: ${found}`)),
    '  2  a mistake in command, configuration or data: the message says what to do',
    '  3  a bug in Ciclo: stack and cause',
    '  130  stopped by Ctrl-C: no half-written folder is left',
  ].join('\n');
}

/** Text after a command's options: what it reads and writes, examples, exit codes. */
export function helpAfter(parts: {
  readonly reads: string;
  readonly writes: string;
  readonly more?: readonly string[];
  readonly examples: readonly string[];
  readonly found?: string;
}): string {
  return [
    '',
    ...hanging('Reads:   ', parts.reads),
    ...hanging('Writes:  ', parts.writes),
    ...(parts.more ? ['', ...parts.more.flatMap((line) => wrap(line, width))] : []),
    '',
    'Examples:',
    ...parts.examples.map((line) => `  ${line}`),
    exitCodeHelp(parts.found),
  ].join('\n');
}

/** A text after its label; what goes on in the next line stands below the text. */
function hanging(label: string, text: string): string[] {
  return wrap(text, width - label.length).map(
    (line, i) => (i === 0 ? label : ' '.repeat(label.length)) + line,
  );
}
