import type { BinaryExpression, Expression, TemplateLiteral, UnaryExpression } from 'acorn';
import { compileCall } from './derive-call.ts';
import { type ColumnLookup, compileLeaf, fail, type Scope } from './derive-leaves.ts';
import { compileBinary, compileChoice, compileLogic } from './derive-operators.ts';
import { type ExpressionSite, parseExpression } from './derive-syntax.ts';
import { asNumber, asText, boundedText, describeType, type Term } from './derive-values.ts';

/** Why a construct is not read, where a word helps; anything else that is not compiled below is refused too. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['AssignmentExpression', 'assignments are not read; to compare write ==='],
  ['UpdateExpression', 'assignments are not read'],
  ['ArrowFunctionExpression', 'functions inside an expression are not read'],
  ['FunctionExpression', 'write the expression as an arrow: "d => …"'],
  ['ArrayExpression', 'lists are not values of a column'],
  ['ObjectExpression', 'objects are not values of a column'],
  ['NewExpression', '"new" is not read'],
  ['ThisExpression', '"this" is not read'],
  ['ImportExpression', 'nothing can be imported'],
  ['MetaProperty', 'nothing can be imported'],
  ['TaggedTemplateExpression', 'a template cannot be given to a function'],
  ['ChainExpression', '?. is not needed: what is computed from a missing value is missing'],
  ['SequenceExpression', 'write one expression, without commas'],
]);

function compileUnary(scope: Scope, node: UnaryExpression): Term {
  const { operator } = node;
  if (operator !== '-' && operator !== '+' && operator !== '!') {
    throw fail(scope, node, `the operator ${operator} is not read; there are -, + and !`);
  }
  const term = compileNode(scope, node.argument);
  const run = asNumber(term);
  if (operator === '!') {
    if (!run || (term.type !== 'boolean' && term.type !== 'null')) {
      throw fail(scope, node.argument, `! needs true or false, and this is ${describeType(term.type)}`);
    }
    return { type: 'boolean', run: (frame) => 1 - run(frame) };
  }
  if (!run)
    throw fail(
      scope,
      node.argument,
      `${operator} needs a number, and this is a text; write op.parse_float(…)`,
    );
  return { type: 'number', run: operator === '-' ? (frame) => -run(frame) : run };
}

function compileOperator(scope: Scope, node: BinaryExpression): Term {
  if (node.left.type === 'PrivateIdentifier') throw fail(scope, node, 'private names are not read');
  const term = compileBinary(node.operator, compileNode(scope, node.left), compileNode(scope, node.right));
  if (typeof term === 'object') return term;
  throw fail(
    scope,
    node,
    term ??
      `the operator ${node.operator} is not read; there are + - * / % **, comparisons, && || ?? and ? :`,
  );
}

function compileTemplate(scope: Scope, node: TemplateLiteral): Term {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
  const terms = node.expressions.map((expression) => asText(compileNode(scope, expression)));
  return {
    type: 'category',
    run: (frame) => {
      let text = texts[0]!;
      for (let i = 0; i < terms.length; i++) {
        const part = terms[i]!(frame);
        if (part === null) return null;
        text += part + texts[i + 1]!;
      }
      return boundedText(text);
    },
  };
}

function compileConditional(scope: Scope, node: Expression & { type: 'ConditionalExpression' }): Term {
  const test = compileNode(scope, node.test);
  if (test.type !== 'boolean') {
    throw fail(
      scope,
      node.test,
      `the condition before ? must be true or false, and this is ${describeType(test.type)}`,
    );
  }
  const first = compileNode(scope, node.consequent);
  const second = compileNode(scope, node.alternate);
  const term = compileChoice(first, second, (frame) => {
    const value = test.run(frame);
    return value === 1 ? 'first' : value === 0 ? 'second' : 'neither';
  });
  if (term) return term;
  throw fail(
    scope,
    node,
    `both sides of : must be of one type; here are ${describeType(first.type)} and ${describeType(second.type)}`,
  );
}

function compileFallback(scope: Scope, node: Expression & { type: 'LogicalExpression' }): Term {
  const first = compileNode(scope, node.left);
  const second = compileNode(scope, node.right);
  if (node.operator !== '??') {
    const term = compileLogic(node.operator, first, second);
    if (typeof term === 'object') return term;
    throw fail(scope, node, term);
  }
  const present = first.type === 'category' ? first.run : asNumber(first)!;
  const term = compileChoice(first, second, (frame) => {
    const value = present(frame);
    return value === null || Number.isNaN(value) ? 'second' : 'first';
  });
  if (term) return term;
  throw fail(
    scope,
    node,
    `both sides of ?? must be of one type; here are ${describeType(first.type)} and ${describeType(second.type)}`,
  );
}

function compileNode(scope: Scope, node: Expression): Term {
  const leaf = compileLeaf(scope, node);
  if (leaf) return leaf;
  switch (node.type) {
    case 'UnaryExpression':
      return compileUnary(scope, node);
    case 'BinaryExpression':
      return compileOperator(scope, node);
    case 'LogicalExpression':
      return compileFallback(scope, node);
    case 'ConditionalExpression':
      return compileConditional(scope, node);
    case 'TemplateLiteral':
      return compileTemplate(scope, node);
    case 'CallExpression':
      return compileCall(scope.site, node, (argument) => compileNode(scope, argument));
    default:
      throw fail(scope, node, refusals.get(node.type) ?? `${node.type} is not read in a derived column`);
  }
}

/**
 * Compiles an arquero expression over one row into nested functions of our own. No code is generated and no
 * property of any value is ever looked up, so an expression can do nothing but compute.
 *
 * What is computed from a missing value is missing, but for `=== null`, `??`, `op.is_nan` and three-valued && and ||.
 *
 * @throws ConfigurationError at the place that is not understood or not allowed.
 */
export function compileExpression(site: ExpressionSite, column: ColumnLookup): Term {
  const parsed = parseExpression(site);
  return compileNode({ site, parsed, column }, parsed.body);
}
