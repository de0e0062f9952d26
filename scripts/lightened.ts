import { type Comment, parse } from 'acorn';

/**
 * A bundled file without what says nothing at run time: names of source maps that do not travel with it, comments that
 * document an API (`/** … *\/`; the sources have them), and each licence comment but the first of a wording, which holds
 * for the file; licenses.txt has them all. Comments are found by a parser, so that no text within a string is taken for one.
 */
export function lightened(text: string): string {
  const comments: Comment[] = [];
  parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments });
  const seen = new Set<string>();
  const kept: string[] = [];
  let from = 0;
  for (const { type, value, start, end } of comments) {
    const before = text[start - 1] ?? '\n';
    if (type === 'Line' && value.startsWith('# sourceMappingURL=') && before === '\n') {
      kept.push(text.slice(from, start));
      from = Math.min(text.length, end + 1);
      continue;
    }
    const documents = type === 'Block' && /^\*[^*]/.test(value); // webpack's own have more stars
    const isNotice = /@license|@preserve|copyright/i.test(value);
    if (!documents || (isNotice && !seen.has(value))) {
      seen.add(value);
      continue;
    }
    kept.push(text.slice(from, start));
    const after = text[end] ?? '\n';
    // A line break within a comment ends a statement, as one outside does, and any comment ends a word.
    if (value.includes('\n') && after !== '\n') kept.push('\n');
    else if (!/\s/.test(before + after)) kept.push(' ');
    from = end;
  }
  return kept.join('') + text.slice(from);
}
