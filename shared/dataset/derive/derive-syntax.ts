import { type Expression, type Pattern, parseExpressionAt } from 'acorn';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';

/** Longer or deeper expressions are refused: stack and time stay bounded, whoever wrote the recipe. */
const longest = 2000;
const deepest = 100;

/** Longer expressions are quoted around the mistake only. */
const quotedWhole = 100;
const quotedAround = 40;

/** The offset of the first bracket that is nested too deep, -1 when none is; brackets in texts count too. */
function tooDeep(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if ('([{'.includes(text[i]!) && ++depth > deepest) return i;
    if (')]}'.includes(text[i]!)) depth--;
  }
  return -1;
}

function excerpt(text: string, offset: number): string {
  if (text.length <= quotedWhole) return JSON.stringify(text);
  const from = Math.max(0, offset - quotedAround);
  const to = Math.min(text.length, offset + quotedAround);
  return JSON.stringify(`${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`);
}

/** Where an expression was written, for error messages. */
export interface ExpressionSite {
  /** `prepare.derive.power_to_weight`. */
  readonly where: string;
  readonly text: string;
}

/** A mistake at an offset (from 0) of an expression. */
export function expressionError(site: ExpressionSite, offset: number, message: string): ConfigurationError {
  return new ConfigurationError(
    `${site.where}: character ${offset + 1} of ${excerpt(site.text, offset)}: ${message}`,
  );
}

/** What an arquero expression is over: a name for the row, or names for some of its columns. */
export interface ParsedExpression {
  readonly body: Expression;
  /** The name that stands for the row: `d` of `d => d.weight`. */
  readonly row: string | undefined;
  /** Columns by local name: of `({ weight: w }) => w / 2`, w → weight. */
  readonly columns: ReadonlyMap<string, string>;
}

function parse(site: ExpressionSite): Expression {
  const { text } = site;
  if (text.length > longest) {
    throw new ConfigurationError(
      `${site.where}: the expression has ${text.length} characters; at most ${longest} are read`,
    );
  }
  const deep = tooDeep(text);
  if (deep >= 0) throw expressionError(site, deep, `brackets are nested deeper than ${deepest}`);
  let body: Expression;
  try {
    body = parseExpressionAt(text, 0, { ecmaVersion: 2023 });
  } catch (error) {
    const offset = error instanceof SyntaxError && 'pos' in error ? Number(error.pos) : 0;
    // acorn ends its messages with (line:column).
    const reason = messageOf(error).replace(/ \(\d+:\d+\)$/, '');
    throw expressionError(
      site,
      offset,
      `${reason}; write an expression such as "d => d.horsepower / d.weight"`,
    );
  }
  const rest = text.slice(body.end).search(/\S/);
  if (rest >= 0) {
    throw expressionError(site, body.end + rest, 'the expression is over before this; write one expression');
  }
  return body;
}

function destructured(site: ExpressionSite, pattern: Pattern): Map<string, string> {
  const columns = new Map<string, string>();
  if (pattern.type !== 'ObjectPattern') {
    throw expressionError(
      site,
      pattern.start,
      'the parameter stands for the row; write "d => …" or "({ weight }) => …"',
    );
  }
  for (const property of pattern.properties) {
    const key = property.type === 'Property' ? property.key : undefined;
    const plain = property.type === 'Property' && !property.computed && property.value.type === 'Identifier';
    const name =
      key?.type === 'Identifier'
        ? key.name
        : key?.type === 'Literal' && typeof key.value === 'string'
          ? key.value
          : undefined;
    if (!plain || property.value.type !== 'Identifier' || name === undefined) {
      throw expressionError(
        site,
        property.start,
        'only plain column names can be taken out of the row: "({ weight }) => …"',
      );
    }
    columns.set(property.value.name, name);
  }
  return columns;
}

/**
 * Parses an arquero expression over one row: `d => d.horsepower / d.weight`, `({ weight }) => weight / 1000`, or
 * only the body, in which `d` is the row. Nothing is run: this is acorn, the parser that arquero itself uses.
 * (arquero's own `parse` evaluates computed property names while it parses, so a recipe from elsewhere cannot be
 * given to it.)
 *
 * @throws ConfigurationError at the place that is wrong.
 */
export function parseExpression(site: ExpressionSite): ParsedExpression {
  const expression = parse(site);
  if (expression.type !== 'ArrowFunctionExpression') {
    return { body: expression, row: 'd', columns: new Map() };
  }
  const { params, body, async } = expression;
  if (async)
    throw expressionError(
      site,
      expression.start,
      'a derived column cannot wait for anything; leave out async',
    );
  if (body.type === 'BlockStatement') {
    throw expressionError(
      site,
      body.start,
      'a block of statements is not read; write one expression after =>',
    );
  }
  const second = params[1];
  if (second) throw expressionError(site, second.start, 'a second parameter is not given; only the row is');
  const [first] = params;
  if (!first) return { body, row: undefined, columns: new Map() };
  if (first.type === 'Identifier') return { body, row: first.name, columns: new Map() };
  return { body, row: undefined, columns: destructured(site, first) };
}
