/**
 * A text of the user's as literal Markdown: no emphasis, link, HTML, table cell, mention or heading comes of it;
 * line breaks become spaces. Safe inside table cells and list items. A zero-width space follows `@`: GitHub looks
 * for mentions after it has resolved entities, so that nothing shorter stops one.
 */
export function escapeMarkdown(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()|~$]/g, '\\$&')
    .replace(/^[#+=-]|:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@/g, '@&#8203;');
}

/** A Markdown table; cells are given ready, already escaped. Empty when there is no row. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
