import { codeMarkdown, escapeMarkdown } from '../../text/markdown.ts';
import { clipText } from '../../text/visible-text.ts';
import { type Hole, longestName, SafeText, templatesOf } from '../markup/template.ts';

/** GitHub-flavoured Markdown that may go into a page as it is: made by the functions of this file, never from data. */
export class Markdown extends SafeText<'Markdown'> {
  readonly language = 'Markdown';
}

/** What can stand in a template: Markdown goes in as it is, text is escaped, `undefined` and `false` vanish. */
export type Piece = Hole<Markdown>;

const { fill, filling } = templatesOf(Markdown, escapeMarkdown);

/** A template whose holes are escaped. */
export function md(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markdown {
  return fill(parts, pieces);
}

/** Text from data, cut. */
export function clippedText(value: string, length: number): Markdown {
  return new Markdown(escapeMarkdown(clipText(value, length)));
}

/** A name or value from data in code type, cut at 60 characters. */
export function code(name: string, length: number = longestName): Markdown {
  return name === '' ? new Markdown('*(empty)*') : new Markdown(codeMarkdown(clipText(name, length)));
}

/** Pieces with something between them; those that vanish leave nothing. */
export function joinedPieces(pieces: readonly Piece[], between: string): Markdown {
  return new Markdown(
    pieces
      .map(filling)
      .filter((piece) => piece !== '')
      .join(between),
  );
}

/** Paragraphs, tables and other blocks, a blank line between them; undefined when there is none. */
export function blocks(pieces: readonly Piece[]): Markdown | undefined {
  const all = joinedPieces(pieces, '\n\n');
  return all.toString() === '' ? undefined : all;
}

/** A link; where the address is not one of the web, only its label. */
export function link(label: Piece, address: string | undefined): Markdown {
  const href = webAddress(address);
  return new Markdown(href === undefined ? filling(label) : `[${filling(label)}](${href})`);
}

function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return href.replace(
    /[()<>|\\`"'*_[\]~\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export interface TableColumn {
  readonly label: string;
  /** Numbers stand on the right. */
  readonly align?: 'right';
}

/** A table; undefined without rows. Cells hold one line. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly Piece[])[],
): Markdown | undefined {
  if (rows.length === 0) return undefined;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return new Markdown(
    [
      line(columns.map(({ label }) => escapeMarkdown(label))),
      line(columns.map(({ align }) => (align === 'right' ? '---:' : ':---'))),
      ...rows.map((cells) => line(cells.map(filling))),
    ].join('\n'),
  );
}

/** A list; undefined without items. */
export function bulletList(items: readonly Piece[]): Markdown | undefined {
  return items.length === 0 ? undefined : new Markdown(items.map((item) => `- ${filling(item)}`).join('\n'));
}

/** Something that is opened when wanted. The summary is HTML: words and figures of ours, no text from data. */
export function details(summary: string, body: readonly Piece[]): Markdown {
  const title = summary.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return new Markdown(`<details>\n<summary>${title}</summary>\n\n${blocks(body) ?? ''}\n\n</details>`);
}

/** A box that stands out: GitHub's alerts, a quotation elsewhere. */
export function alert(kind: 'NOTE' | 'WARNING' | 'CAUTION', body: readonly Piece[]): Markdown {
  const lines = `${blocks(body) ?? ''}`.split('\n');
  return new Markdown([`[!${kind}]`, ...lines].map((line) => (line === '' ? '>' : `> ${line}`)).join('\n'));
}

/** Lines as they are; the fence is longer than any within. */
export function codeFence(language: 'sh', lines: readonly string[]): Markdown {
  const body = lines.join('\n');
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return new Markdown(`${ticks}${language}\n${body}\n${ticks}`);
}
