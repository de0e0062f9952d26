import type { CallExpression, Expression, SpreadElement } from 'acorn';
import { counted } from '../../text/counts.ts';
import { type ExpressionSite, expressionError } from './derive-syntax.ts';
import { asNumber, describeType, type NumberTerm, type Term, type TextTerm } from './derive-values.ts';

/** Compiles a part of the expression. */
export type Compile = (node: Expression) => Term;

/** A call being compiled. */
export interface Call {
  readonly site: ExpressionSite;
  readonly name: string;
  readonly node: CallExpression;
  readonly compile: Compile;
}

/** A call's arguments. @throws ConfigurationError when there are fewer or more than it takes. */
export function argumentsOf({ site, name, node }: Call, least: number, most: number): Expression[] {
  const { arguments: given } = node;
  if (given.length < least || given.length > most) {
    const wanted =
      least === most
        ? counted(least, 'argument')
        : most === Number.POSITIVE_INFINITY
          ? `${least} or more arguments`
          : `${least} to ${most} arguments`;
    throw expressionError(site, node.start, `${name} takes ${wanted}, not ${given.length}`);
  }
  return given.map((argument: Expression | SpreadElement) => {
    if (argument.type === 'SpreadElement') {
      throw expressionError(site, argument.start, 'write the arguments one by one, without ...');
    }
    return argument;
  });
}

/** An argument that must be a number. @throws ConfigurationError when it is of another type. */
export function numberArgument(call: Call, node: Expression): NumberTerm {
  const term = call.compile(node);
  const run = asNumber(term);
  if (run) return run;
  throw expressionError(
    call.site,
    node.start,
    `${call.name} takes a number, and this is ${describeType(term.type)}; op.parse_float reads a number from a text`,
  );
}

/** An argument that must be a date. @throws ConfigurationError when it is of another type. */
export function dateArgument(call: Call, node: Expression): NumberTerm {
  const term = call.compile(node);
  if (term.type === 'date' || term.type === 'number') return term.run;
  throw expressionError(
    call.site,
    node.start,
    `${call.name} takes a date, and this is ${describeType(term.type)}`,
  );
}

/** An argument that must be a text. @throws ConfigurationError when it is of another type. */
export function textArgument(call: Call, node: Expression): TextTerm {
  const term = call.compile(node);
  if (term.type === 'category') return term.run;
  throw expressionError(
    call.site,
    node.start,
    `${call.name} takes a text, and this is ${describeType(term.type)}`,
  );
}
