import { dataTable } from '../../report/markup/data-table.ts';
import { escapeText } from '../../report/markup/data-text.ts';
import { html, type Markup, trusted } from '../../report/markup/html.ts';

/** A part of a model card under a heading; the first has none. */
export interface CardPart {
  readonly title: string;
  readonly body: readonly Markup[];
}

/**
 * A model card's Markdown as markup: what `renderModelCard` writes (headings, paragraphs, lists, tables, commands, bold, code,
 * escaped characters) and nothing else. Whatever else a text holds, HTML too, is shown as it is written.
 */
export function cardParts(markdown: string): CardPart[] {
  const parts: { title: string; body: Markup[] }[] = [{ title: '', body: [] }];
  for (const block of markdown.split(/\n{2,}/)) {
    const text = block.trim();
    if (text === '' || text.startsWith('# ')) continue;
    const heading = /^##+ (.*)$/.exec(text);
    if (heading) parts.push({ title: plainText(heading[1]!), body: [] });
    else parts.at(-1)!.body.push(blockMarkup(text));
  }
  return parts.filter(({ title, body }) => title !== '' || body.length > 0);
}

function blockMarkup(text: string): Markup {
  const lines = text.split('\n');
  if (/^```\w*$/.test(lines[0]!) && lines.at(-1) === '```') {
    return html`<pre><code>${lines.slice(1, -1).join('\n')}</code></pre>`;
  }
  if (lines.every((line) => line.startsWith('|')) && lines.length > 2) return tableMarkup(lines);
  if (lines.every((line) => line.startsWith('- '))) {
    return html`<ul class="plain-list">${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`;
  }
  return html`<p>${inline(text)}</p>`;
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\| ?/, '')
    .replace(/ ?\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** A cell of more characters is a sentence. */
const longestPhrase = 60;

function tableMarkup(lines: readonly string[]): Markup {
  const [head, , ...rows] = lines.map(cellsOf);
  const cells = (row: readonly string[]) => head!.map((_, i) => row[i] ?? '');
  const isNumber = (column: number) =>
    rows.every((row) => /^[-−+]?[\d,.]+(?:e-?\d+)?%?(?: ± [\d,.e-]+)?$|^[–]?$/.test(row[column] ?? ''));
  return dataTable({
    caption: plainText(head!.join(', ')),
    hideCaption: true,
    compact: true,
    sentences: rows.some((row) => row.some((cell) => cell.length > longestPhrase)),
    columns: head!.map((label, i) => ({
      label: plainText(label),
      kind: i > 0 && isNumber(i) ? 'number' : 'text',
    })),
    rows: rows.map((row) => ({ cells: cells(row).map(inline) })),
  });
}

/** Escaped characters, character references, bold and code; a zero-width space, GitHub's guard, is left out. */
const token = /\\([!-/:-@[-`{-~])|&(#\d{1,7}|amp|lt|gt);|\*\*|`([^`]*)`|<span>(\$)<\/span>/g;

/** The text of a line of Markdown without its marks. */
function plainText(text: string): string {
  return text.replace(token, (_whole, escaped?: string, code?: string, literal?: string, dollar?: string) => {
    return escaped ?? dollar ?? (code === undefined ? (literal ?? '') : character(code));
  });
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** What a reference between `&` and `;` stands for. */
function character(code: string): string {
  if (!code.startsWith('#')) return named[code] ?? '';
  const point = Number(code.slice(1));
  return point === 0x200b || point > 0x10ffff ? '' : String.fromCodePoint(point);
}

/** A line's marks as markup; a name may break after its underscores. */
function inline(text: string): Markup {
  let markup = '';
  let bold = false;
  let from = 0;
  for (const match of text.matchAll(token)) {
    markup += escapeText(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[0] === '**') {
      markup += bold ? '</b>' : '<b>';
      bold = !bold;
    } else if (match[3] !== undefined) markup += `<code>${escapeText(match[3])}</code>`;
    else if (match[1] === '_') markup += '_<wbr>';
    else markup += escapeText(match[1] ?? match[4] ?? character(match[2]!));
  }
  return trusted(`${markup}${escapeText(text.slice(from))}${bold ? '</b>' : ''}`);
}
