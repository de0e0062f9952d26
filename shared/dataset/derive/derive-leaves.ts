import type { Expression, Literal, MemberExpression } from 'acorn';
import { type ExpressionSite, expressionError, type ParsedExpression } from './derive-syntax.ts';
import type { Term } from './derive-values.ts';

/** Answers for a column name with a term that reads it; throws through `fail` when the name cannot be used. */
export type ColumnLookup = (name: string, fail: (message: string) => Error) => Term;

/** What an expression is compiled in. */
export interface Scope {
  readonly site: ExpressionSite;
  readonly parsed: ParsedExpression;
  readonly column: ColumnLookup;
}

const constants: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['E', Math.E],
  ['LN2', Math.LN2],
  ['LN10', Math.LN10],
  ['LOG2E', Math.LOG2E],
  ['LOG10E', Math.LOG10E],
  ['PI', Math.PI],
  ['SQRT1_2', Math.SQRT1_2],
  ['SQRT2', Math.SQRT2],
]);

/** A mistake at a node. */
export function fail(scope: Scope, node: { start: number }, message: string): Error {
  return expressionError(scope.site, node.start, message);
}

function readColumn(scope: Scope, node: { start: number }, name: string): Term {
  return scope.column(name, (message) => fail(scope, node, message));
}

function constant(value: number): Term {
  return { type: 'number', run: () => value };
}

function compileLiteral(scope: Scope, node: Literal): Term {
  const { value } = node;
  if (value === null && !node.regex) return { type: 'null' };
  if (typeof value === 'number') return constant(value);
  if (typeof value === 'string') return { type: 'category', run: () => value };
  if (typeof value === 'boolean') return { type: 'boolean', run: () => (value ? 1 : 0) };
  const what = node.regex ? 'regular expressions are' : `${node.raw} is`;
  throw fail(scope, node, `${what} not read; write numbers, texts, true, false or null`);
}

function compileIdentifier(scope: Scope, node: { start: number; name: string }): Term {
  const column = scope.parsed.columns.get(node.name);
  if (column !== undefined) return readColumn(scope, node, column);
  if (node.name === scope.parsed.row) {
    throw fail(scope, node, `${node.name} is the whole row; name a column: ${node.name}.weight`);
  }
  if (node.name === 'undefined') return { type: 'null' };
  const value = constants.get(node.name);
  if (value !== undefined) return constant(value);
  const row = scope.parsed.row ?? 'd';
  throw fail(scope, node, `nothing is called ${node.name} here; a column is written ${row}.${node.name}`);
}

function compileMember(scope: Scope, node: MemberExpression): Term {
  const { object, property } = node;
  const plain = !node.computed && property.type === 'Identifier' ? property.name : undefined;
  if (object.type === 'Identifier' && object.name === 'Math' && scope.parsed.row !== 'Math') {
    const value = plain === undefined ? undefined : constants.get(plain);
    if (value !== undefined) return constant(value);
    throw fail(
      scope,
      node,
      `Math.${plain ?? '[…]'} is not a constant; there are Math.PI, Math.E and the like`,
    );
  }
  if (object.type !== 'Identifier' || object.name !== scope.parsed.row) {
    throw fail(scope, node, 'only columns of the row have names after a dot; a value has no properties here');
  }
  if (plain !== undefined) return readColumn(scope, node, plain);
  if (property.type === 'Literal' && typeof property.value === 'string')
    return readColumn(scope, node, property.value);
  throw fail(
    scope,
    property,
    `a column is named outright: ${object.name}["gross weight"], not by an expression`,
  );
}

/** Compiles what has no parts: a literal, a constant, a column. Undefined for any other expression. */
export function compileLeaf(scope: Scope, node: Expression): Term | undefined {
  switch (node.type) {
    case 'Literal':
      return compileLiteral(scope, node);
    case 'Identifier':
      return compileIdentifier(scope, node);
    case 'MemberExpression':
      return compileMember(scope, node);
    default:
      return undefined;
  }
}
