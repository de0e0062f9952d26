/** The one way in which a text of somebody's comes into Markdown: comments, checks, summaries, releases, cards. */
import { visibleText } from './visible-text.ts';

/**
 * Where GitHub would make something of a text, this mark breaks it: a zero-width space, written as an entity so that the
 * source shows it. Nothing shorter holds. GitHub looks for mentions and references in the text after backslashes and
 * entities are resolved, and in replies by mail in text whose tags, code included, are gone. Data itself never holds one:
 * visibleText writes it out.
 */
const mark = '\u200b';

/** Line breaks and tabs are written out, like all that cannot be seen. */
function visibleLine(text: string): string {
  return visibleText(text).replace(
    /[\t\n]/g,
    (character) => `\\u000${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function withMarks(text: string): string {
  return (
    text
      // Mentions and addresses; issues (#12, owner/repository#12, GH-12).
      .replace(/[@#]|(?<=\bgh)-(?=\d|$)/gi, `$&${mark}`)
      // Emoji (:x:) and addresses of any scheme; also where the next text could complete them.
      .replace(/:(?=\/|[\w+-]*(?::|$))/g, `:${mark}`)
      .replace(/(?<=www)\.|(?<=^\d{1,9})[.)](?=\s|$)/gi, `${mark}$&`)
      // Commits.
      .replace(/\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}\b/gi, (commit) =>
        commit.replace(/.{6}(?=.)/g, `$&${mark}`),
      )
  );
}

const replacements: Readonly<Record<string, string>> = {
  [mark]: '&#8203;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  ' ': '&#160;',
  // A backslash or an entity does not stop mathematics; GitHub's documentation names this.
  $: '<span>$</span>',
};

/**
 * A text of somebody's as literal Markdown, wherever it stands in a line: no emphasis, code, link, image, HTML, footnote,
 * table cell, list, heading, mathematics, emoji, mention, reference or address results. What cannot be seen (control
 * characters, line breaks, bidirectional controls) is written out. Spaces that Markdown would lose become no-break spaces.
 */
export function escapeMarkdown(text: string): string {
  return withMarks(visibleLine(text)).replace(
    /[\u200b&<>|$]|[\\`*_[\]~]|^[-+=]|^ | (?= )| $/g,
    (character) => replacements[character] ?? `\\${character}`,
  );
}

/**
 * Names that stay as they are as code in backticks, in a table too. An @ after a letter mentions nobody: `fuel@v1.2.0`
 * stays as it can be copied. No `<`: a comment is found again by a hidden marker, `<!-- … -->`, that no name may hold.
 */
const plainName = /^(?:[\p{L}\p{N}\p{M}_.,:;!?"'(){}[\]^~*&/%+=>…→−–-]|(?<=\w)@|(?<!^| ) (?! |$))+$/u;

/** A name or value in code type; the same protection. */
export function codeMarkdown(text: string): string {
  return plainName.test(text) ? `\`${text}\`` : `<code>${escapeMarkdown(text)}</code>`;
}

/** Prose of several lines, a description or a message of somebody's, as one line: not yet escaped. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A Markdown table; cells are given ready, already escaped. Empty when there is no row. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
