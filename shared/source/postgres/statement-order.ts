/** Comments, texts, quoted names: an ORDER BY in them orders nothing. */
const quoted = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$/g;

/** Whether a SELECT puts its rows in an order: an ORDER BY of its own, not one of a subquery or a window. */
export function hasOrder(query: string): boolean {
  let depth = 0;
  let own = '';
  for (const character of query.replace(quoted, ' ')) {
    if (character === '(') depth++;
    if (depth === 0) own += character;
    if (character === ')') depth--;
  }
  return /\border\s+by\b/i.test(own);
}
