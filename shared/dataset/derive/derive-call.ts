import type { CallExpression, Expression, Super } from 'acorn';
import { didYouMean } from '../../text/nearest-name.ts';
import { argumentsOf, type Call, type Compile, dateArgument, numberArgument } from './derive-arguments.ts';
import * as functions from './derive-functions.ts';
import { type ExpressionSite, expressionError } from './derive-syntax.ts';
import { textCall } from './derive-text-call.ts';
import type { NumberTerm, Term } from './derive-values.ts';

function nameOf(callee: Expression | Super): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined;
  if (callee.object.type !== 'Identifier' || callee.property.type !== 'Identifier') return undefined;
  const { name } = callee.property;
  if (callee.object.name === 'op') return name;
  if (callee.object.name !== 'Math') return undefined;
  // arquero's reading of Math.max and Math.min, so that they are not its aggregates of the same name.
  return name === 'max' ? 'greatest' : name === 'min' ? 'least' : name;
}

/** A function of one number that stays missing where its argument is. */
function mapNumber(run: NumberTerm, apply: (value: number) => number): NumberTerm {
  return (frame) => {
    const value = run(frame);
    return Number.isNaN(value) ? value : apply(value);
  };
}

function numberCall(call: Call): Term | undefined {
  const unary = functions.unaryFunctions.get(call.name);
  if (unary) {
    const [node] = argumentsOf(call, 1, 1);
    return { type: 'number', run: mapNumber(numberArgument(call, node!), unary) };
  }
  const date = functions.dateFunctions.get(call.name);
  if (date) {
    const [node] = argumentsOf(call, 1, 1);
    return { type: 'number', run: mapNumber(dateArgument(call, node!), date) };
  }
  const binary = functions.binaryFunctions.get(call.name);
  const fold = binary ?? functions.foldedFunctions.get(call.name);
  if (!fold) return undefined;
  const given = argumentsOf(call, binary ? 2 : 1, binary ? 2 : Number.POSITIVE_INFINITY);
  const run = given
    .map((node) => numberArgument(call, node))
    .reduce((left, right) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : fold(a, b);
    });
  return { type: 'number', run };
}

/** `bin(value, min, max, step)`: the lower edge of the value's bin; values outside min and max are missing. */
function bin(call: Call): Term {
  const [value, min, max, step] = argumentsOf(call, 4, 4).map((node) => numberArgument(call, node));
  const run: NumberTerm = (frame) => {
    const x = value!(frame);
    const low = min!(frame);
    const width = step!(frame);
    return x >= low && x <= max!(frame) ? low + width * Math.floor(1e-14 + (x - low) / width) : Number.NaN;
  };
  return { type: 'number', run };
}

function specialCall(call: Call): Term | undefined {
  switch (call.name) {
    case 'bin':
      return bin(call);
    case 'is_nan':
    case 'is_finite': {
      const value = numberArgument(call, argumentsOf(call, 1, 1)[0]!);
      const finite = call.name === 'is_finite';
      const run: NumberTerm = (frame) =>
        (finite ? Number.isFinite(value(frame)) : Number.isNaN(value(frame))) ? 1 : 0;
      return { type: 'boolean', run };
    }
    default:
      return undefined;
  }
}

/**
 * Compiles a call of one of arquero's functions of one row: `op.sqrt(…)`, `Math.sqrt(…)` or `sqrt(…)`. Only names
 * in the tables of derive-functions.ts are ever called.
 *
 * @throws ConfigurationError with the place in the expression, for another function or other arguments.
 */
export function compileCall(site: ExpressionSite, node: CallExpression, compile: Compile): Term {
  const name = nameOf(node.callee);
  if (name === undefined || node.optional) {
    throw expressionError(
      site,
      node.callee.start,
      'only functions such as op.sqrt(…) or Math.round(…) can be called',
    );
  }
  const call = { site, name, node, compile };
  const term = numberCall(call) ?? textCall(call) ?? specialCall(call);
  if (term) return term;
  const reason =
    functions.refusalOf(name) ??
    `no function ${name} for derived columns${didYouMean(name, functions.functionNames) || `; there are ${functions.functionNames.join(', ')}`}`;
  throw expressionError(site, node.callee.start, reason);
}
