import {
  asNumber,
  asText,
  boundedText,
  type ExpressionFrame,
  type NumberTerm,
  type Term,
} from './derive-values.ts';

type Arithmetic = (a: number, b: number) => number;

const arithmetic: ReadonlyMap<string, Arithmetic> = new Map([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
  // A missing operand is missing even where JavaScript's NaN ** 0 is 1.
  ['**', (a, b) => (Number.isNaN(a) ? a : a ** b)],
]);

type Comparison = (a: number, b: number) => boolean;

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['<', (a, b) => a < b],
  ['<=', (a, b) => a <= b],
  ['>', (a, b) => a > b],
  ['>=', (a, b) => a >= b],
]);

/** `==` and `===` are the same here: types are known, and different ones are refused. */
const equalities: ReadonlyMap<string, boolean> = new Map([
  ['==', true],
  ['===', true],
  ['!=', false],
  ['!==', false],
]);

function truth(value: boolean): number {
  return value ? 1 : 0;
}

/** A date plus or minus a number is a date; everything else is a number. */
function arithmeticType(operator: string, left: Term, right: Term): 'number' | 'date' {
  if (operator === '+' && (left.type === 'date') !== (right.type === 'date')) return 'date';
  return operator === '-' && left.type === 'date' && right.type !== 'date' ? 'date' : 'number';
}

function compileArithmetic(operator: string, left: Term, right: Term): Term | string {
  if (operator === '+' && (left.type === 'category' || right.type === 'category')) {
    const a = asText(left);
    const b = asText(right);
    const run = (frame: ExpressionFrame): string | null => {
      const start = a(frame);
      const end = b(frame);
      return start === null || end === null ? null : boundedText(start + end);
    };
    return { type: 'category', run };
  }
  const apply = arithmetic.get(operator)!;
  const a = asNumber(left);
  const b = asNumber(right);
  if (!a || !b)
    return `${operator} needs two numbers, and one side is a text; op.parse_float reads a number from a text`;
  return { type: arithmeticType(operator, left, right), run: (frame) => apply(a(frame), b(frame)) };
}

/** Texts compare by UTF-16 code units, as in JavaScript. */
function compileComparison(operator: string, left: Term, right: Term): Term | string {
  const apply = comparisons.get(operator)!;
  if (left.type === 'category' && right.type === 'category') {
    const run: NumberTerm = (frame) => {
      const a = left.run(frame);
      const b = right.run(frame);
      return a === null || b === null ? Number.NaN : truth(apply(a < b ? -1 : a > b ? 1 : 0, 0));
    };
    return { type: 'boolean', run };
  }
  const a = asNumber(left);
  const b = asNumber(right);
  if (!a || !b)
    return `${operator} compares two numbers, two dates or two texts, and these are of different types`;
  const run: NumberTerm = (frame) => {
    const x = a(frame);
    const y = b(frame);
    return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : truth(apply(x, y));
  };
  return { type: 'boolean', run };
}

/** `d.weight === null`: the one question about a missing value whose answer is not missing. */
function missingTest(term: Term, equal: boolean): Term {
  if (term.type === 'null') return { type: 'boolean', run: () => truth(equal) };
  if (term.type === 'category') {
    const { run } = term;
    return { type: 'boolean', run: (frame) => truth((run(frame) === null) === equal) };
  }
  const { run } = term;
  return { type: 'boolean', run: (frame) => truth(Number.isNaN(run(frame)) === equal) };
}

function compileEquality(equal: boolean, left: Term, right: Term): Term | string {
  if (left.type === 'null') return missingTest(right, equal);
  if (right.type === 'null') return missingTest(left, equal);
  if (left.type === 'category' && right.type === 'category') {
    const run: NumberTerm = (frame) => {
      const a = left.run(frame);
      const b = right.run(frame);
      return a === null || b === null ? Number.NaN : truth((a === b) === equal);
    };
    return { type: 'boolean', run };
  }
  if (
    left.type === 'category' ||
    right.type === 'category' ||
    (left.type === 'boolean') !== (right.type === 'boolean')
  ) {
    return `the two sides are of different types, so they are never equal`;
  }
  const a = left.run;
  const b = right.run;
  const run: NumberTerm = (frame) => {
    const x = a(frame);
    const y = b(frame);
    return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : truth((x === y) === equal);
  };
  return { type: 'boolean', run };
}

/** An operator between two terms; a text when it cannot be, saying why. Undefined for operators that are not read. */
export function compileBinary(operator: string, left: Term, right: Term): Term | string | undefined {
  if (arithmetic.has(operator)) return compileArithmetic(operator, left, right);
  if (comparisons.has(operator)) return compileComparison(operator, left, right);
  const equality = equalities.get(operator);
  return equality === undefined ? undefined : compileEquality(equality, left, right);
}

/** Three-valued logic (Kleene): `false && missing` is false, `true && missing` is missing; `||` likewise. */
export function compileLogic(operator: '&&' | '||', left: Term, right: Term): Term | string {
  const a = left.type === 'boolean' || left.type === 'null' ? asNumber(left) : undefined;
  const b = right.type === 'boolean' || right.type === 'null' ? asNumber(right) : undefined;
  if (!a || !b)
    return `${operator} needs true or false on both sides; write a comparison such as d.weight > 0, or ?? for a fallback`;
  const decides = operator === '&&' ? 0 : 1;
  const run: NumberTerm = (frame) => {
    const first = a(frame);
    if (first === decides) return decides;
    const second = b(frame);
    return second === decides ? decides : Number.isNaN(first) ? first : second;
  };
  return { type: 'boolean', run };
}

/** The type that both branches have; undefined when they differ. A missing branch takes the other's. */
function commonType(a: Term, b: Term): Term['type'] | undefined {
  if (a.type === b.type || b.type === 'null') return a.type;
  return a.type === 'null' ? b.type : undefined;
}

/** One of two terms of a common type: `chosen` says for a row whether it is the first, the second or neither. */
export function compileChoice(
  first: Term,
  second: Term,
  chosen: (frame: ExpressionFrame) => 'first' | 'second' | 'neither',
): Term | undefined {
  const type = commonType(first, second);
  if (type === undefined || type === 'null') return type && { type };
  if (type === 'category') {
    const a = asText(first);
    const b = asText(second);
    return {
      type,
      run: (frame) => {
        const which = chosen(frame);
        return which === 'first' ? a(frame) : which === 'second' ? b(frame) : null;
      },
    };
  }
  const a = asNumber(first)!;
  const b = asNumber(second)!;
  return {
    type,
    run: (frame) => {
      const which = chosen(frame);
      return which === 'first' ? a(frame) : which === 'second' ? b(frame) : Number.NaN;
    },
  };
}
