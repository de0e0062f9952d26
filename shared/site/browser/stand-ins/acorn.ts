/**
 * Stands in for acorn in the page's script: expressions were parsed, and refused where they had to be, when the site
 * was made. The parser itself is larger than everything else that the page needs together.
 */
import type { Expression } from 'acorn';

const expressions = new Map<string, Expression>();

/** Makes an expression's tree known. JSON has no Infinity: a literal such as 1e999 gets it back. */
export function keepExpression(text: string, parsed: Expression): void {
  restoreNumbers(parsed);
  expressions.set(text, parsed);
}

/** What acorn answers: the expression's tree. @throws SyntaxError when the page came without the expression's tree. */
export function parseExpressionAt(text: string): Expression {
  const parsed = expressions.get(text);
  if (!parsed) throw new SyntaxError(`the expression ${text} came without its tree`);
  return parsed;
}

function restoreNumbers(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'Literal' && 'value' in node && 'raw' in node) {
    if (node.value === null && node.raw !== 'null') node.value = Number.POSITIVE_INFINITY;
    return;
  }
  for (const child of Object.values(node)) restoreNumbers(child);
}
