/**
 * A text of the user's as literal Markdown: no emphasis, link, HTML, table cell, mention or heading comes of it;
 * line breaks become spaces. Safe inside table cells and list items.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[&<>@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()#+\-!|~$:]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A Markdown table; cells are given ready, already escaped. Empty when there is no row. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
