import * as arquero from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { columnOf, tableOf, type Value, valueAt } from '../table/table.ts';
import { booleans, categories, configWith, dates, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { deriveColumns, planDerived } from './derive.ts';
import { functionNames } from './derive-functions.ts';

const cars = tableOf([
  ['horsepower', numbers([130, 165, null, 0])],
  ['weight', numbers([3504, 3693, 3436, 0])],
  ['origin', categories(['USA', 'Japan', null, 'USA'])],
  ['turbo', booleans([true, false, null, true])],
  ['sold', dates(['1970-01-31T12:00:00Z', '1972-02-29T23:59:59Z', null, '1969-12-31T00:00:00Z'])],
  ['gross weight', numbers([1, 2, 3, 4])],
  ['y', numbers([18, 15, 18, 16])],
]);
const schema = schemaOf(cars, { sold: {} });

function derive(expression: string, features: ConfigInput['features'] = {}): Value[] {
  const plan = planDerived(schema, configWith({ prepare: { derive: { it: expression } }, features }));
  const column = columnOf(deriveColumns(cars, plan), 'it');
  return Array.from({ length: cars.rows }, (_, row) => valueAt(column, row));
}

function mistake(expression: string, features: ConfigInput['features'] = {}): string {
  try {
    derive(expression, features);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('a derived column', () => {
  it.each<[string, Value[]]>([
    ['d => d.horsepower / d.weight', [130 / 3504, 165 / 3693, null, null]],
    ['d.horsepower * 2', [260, 330, null, 0]],
    ['({ horsepower: hp, weight }) => hp - weight', [130 - 3504, 165 - 3693, null, 0]],
    ['row => row["gross weight"] ** 2', [1, 4, 9, 16]],
    ['d => d.horsepower > 150', [false, true, null, false]],
    ['d => d.horsepower === null', [false, false, true, false]],
    ['d => d.horsepower ?? -1', [130, 165, -1, 0]],
    ['d => d.turbo && d.horsepower > 100', [true, false, null, false]],
    ['d => !d.turbo || d.weight > 4000', [false, true, null, false]],
    ["d => d.origin == 'USA' ? d.weight : 0", [3504, 0, null, 0]],
    ["d => d.origin + '/' + d.turbo", ['USA/true', 'Japan/false', null, 'USA/true']],
    ['d => `${op.lower(d.origin)}-${d.weight}`', ['usa-3504', 'japan-3693', null, 'usa-0']],
    ['d => op.utcmonth(d.sold)', [0, 1, null, 11]],
    ['d => op.utcdayofyear(d.sold)', [31, 60, null, 365]],
    ['d => d.sold + 1000', [2635201000, 68255999000 + 1000, null, -86399000]],
    ['d => (d.sold - d.sold) + 1', [1, 1, null, 1]],
    ['d => Math.max(d.weight, d.horsepower, 5)', [3504, 3693, null, 5]],
    ['d => op.log(d.weight)', [Math.log(3504), Math.log(3693), Math.log(3436), null]],
    ['d => op.is_finite(d.horsepower) ? 1 : 0', [1, 1, 0, 1]],
    ["d => op.parse_float('2.5') + PI", Array(4).fill(2.5 + Math.PI)],
    ['d => op.substring(d.origin, 0, 2)', ['US', 'Ja', null, 'US']],
    ["d => op.replace(d.origin, 'a', 'o')", ['USA', 'Jopan', null, 'USA']],
    ["d => op.replace(d.origin, 'S', '$&')", ['U$&A', 'Japan', null, 'U$&A']],
    ["d => op.parse_float(op.replace(op.replace('1.234,5', '.', ''), ',', '.'))", Array(4).fill(1234.5)],
    ["d => op.padstart(d.origin, 6, '0')", ['000USA', '0Japan', null, '000USA']],
    ['d => op.padend(d.origin, 4)', ['USA ', 'Japan', null, 'USA ']],
    ['d => op.repeat(d.origin, 2)', ['USAUSA', 'JapanJapan', null, 'USAUSA']],
    ['d => op.repeat(d.origin, 4000)', Array(4).fill(null)],
    ["d => op.normalize('e\u0301') == '\u00e9'", Array(4).fill(true)],
    ["d => op.parse_date('2024-02-29')", Array(4).fill(Date.UTC(2024, 1, 29))],
    ['d => op.parse_date(d.origin) === null', Array(4).fill(true)],
    ['d => op.bin(d.weight, 0, 5000, 1000)', [3000, 3000, 3000, 0]],
    ['d => d.horsepower % 50', [30, 15, null, 0]],
    ['d => -d.turbo', [-1, 0, null, -1]],
  ])('%s', (expression, expected) => {
    expect(derive(expression)).toEqual(expected);
  });

  it('has the type of its expression, or the one declared', () => {
    expect(derive('d => d.weight', { it: { type: 'category' } })).toEqual(['3504', '3693', '3436', '0']);
    expect(derive('d => d.turbo', { it: { type: 'number' } })).toEqual([1, 0, null, 1]);
    expect(derive('d => d.weight * 86400000', { it: { type: 'date' } })[0]).toBe(3504 * 86400000);
  });

  it('may use those derived before it', () => {
    const config = configWith({
      prepare: { derive: { ratio: 'd => d.horsepower / d.weight', high: 'd => d.ratio > 0.04' } },
    });
    const table = deriveColumns(cars, planDerived(schema, config));
    expect([...table.columns.keys()].slice(-2)).toEqual(['ratio', 'high']);
    expect(table.columns.get('high')).toEqual(booleans([false, true, null, null]));
  });
});

describe('a mistake in an expression is shown at its place', () => {
  it.each<[string, string]>([
    [
      'd => d.horsepwer / d.weight',
      'character 6 of "d => d.horsepwer / d.weight": there is no column horsepwer; did you mean horsepower?',
    ],
    [
      'd => d.y / 2',
      'character 6 of "d => d.y / 2": y is the target; a column derived from it would give the answer away',
    ],
    [
      'd => d.it + 1',
      'character 6 of "d => d.it + 1": it is derived later or here itself; a derived column may use those declared before it',
    ],
    [
      'd => weight / 2',
      'character 6 of "d => weight / 2": nothing is called weight here; a column is written d.weight',
    ],
    [
      'd => d.weight /',
      'character 16 of "d => d.weight /": Unexpected token; write an expression such as "d => d.horsepower / d.weight"',
    ],
    [
      'd => d.weight; d',
      'character 14 of "d => d.weight; d": the expression is over before this; write one expression',
    ],
    [
      'd => op.mean(d.weight)',
      'character 6 of "d => op.mean(d.weight)": op.mean aggregates over rows, and a derived column sees only one row',
    ],
    [
      'd => op.max(d.weight)',
      'character 6 of "d => op.max(d.weight)": op.max aggregates over rows, and a derived column sees only one row; for the max within a row write Math.max',
    ],
    [
      'd => op.lag(d.weight)',
      'character 6 of "d => op.lag(d.weight)": op.lag looks at other rows, and a derived column sees only one row',
    ],
    [
      'd => op.month(d.sold)',
      'character 6 of "d => op.month(d.sold)": op.month depends on the machine\'s time zone; write op.utcmonth',
    ],
    ['d => op.random()', 'character 6 of "d => op.random()": op.random gives something else in every run'],
    [
      'd => op.sqr(d.weight)',
      'character 6 of "d => op.sqr(d.weight)": no function sqr for derived columns; did you mean sqrt?',
    ],
    [
      'd => op.sqrt(d.origin)',
      'character 14 of "d => op.sqrt(d.origin)": sqrt takes a number, and this is a text; op.parse_float reads a number from a text',
    ],
    ['d => op.sqrt()', 'character 6 of "d => op.sqrt()": sqrt takes 1 argument, not 0'],
    [
      'd => d.weight * d.origin',
      'character 6 of "d => d.weight * d.origin": * needs two numbers, and one side is a text; op.parse_float reads a number from a text',
    ],
    [
      'd => d.origin == 3',
      'character 6 of "d => d.origin == 3": the two sides are of different types, so they are never equal',
    ],
    [
      'd => d.weight ? 1 : 2',
      'character 6 of "d => d.weight ? 1 : 2": the condition before ? must be true or false, and this is a number',
    ],
    [
      "d => d.turbo ? 1 : 'no'",
      'character 6 of "d => d.turbo ? 1 : \'no\'": both sides of : must be of one type; here are a number and a text',
    ],
    [
      'd => d.weight = 3',
      'character 6 of "d => d.weight = 3": assignments are not read; to compare write ===',
    ],
    [
      'd => { return d.weight }',
      'character 6 of "d => { return d.weight }": a block of statements is not read; write one expression after =>',
    ],
    [
      '(d, $) => d.weight',
      'character 5 of "(d, $) => d.weight": a second parameter is not given; only the row is',
    ],
    ['d => d', 'character 6 of "d => d": d is the whole row; name a column: d.weight'],
    [
      'd => d[d.origin]',
      'character 8 of "d => d[d.origin]": a column is named outright: d["gross weight"], not by an expression',
    ],
    [
      'd => /a/',
      'character 6 of "d => /a/": regular expressions are not read; write numbers, texts, true, false or null',
    ],
    [
      'd => d.weight & 1',
      'character 6 of "d => d.weight & 1": the operator & is not read; there are + - * / % **, comparisons, && || ?? and ? :',
    ],
  ])('%s', (expression, message) => {
    expect(mistake(expression)).toBe(`prepare.derive.it: ${message}`);
  });

  it('a declared type that loses something', () => {
    expect(mistake('d => d.origin', { it: { type: 'number' } })).toBe(
      'prepare.derive.it: "d => d.origin" gives a text, but the column is declared as a number',
    );
    expect(mistake('d => null')).toBe('prepare.derive.it: "d => null" is missing in every row');
  });

  it('keys that cleaning would need', () => {
    expect(mistake('d => d.weight', { it: { range: [0, 1] } })).toBe(
      'features.it.range: it is derived, after rows were cleaned; limit the columns it is derived from',
    );
    expect(mistake('d => d.weight', { it: { missing: 'drop' } })).toBe(
      'features.it.missing: it is derived, after rows were cleaned, so "drop" cannot be; set it on the columns it is derived from',
    );
  });

  it('a name that is taken, and a column that is not a feature', () => {
    const taken = configWith({ prepare: { derive: { weight: 'd => d.horsepower' } } });
    expect(() => planDerived(schema, taken)).toThrow(
      'prepare.derive.weight: there is a column weight already; give the derived one another name',
    );
    const excluded = schemaOf(cars, { weight: { role: 'ignored' } });
    const config = configWith({ prepare: { derive: { it: 'd => d.weight' } } });
    expect(() => planDerived(excluded, config)).toThrow(
      'prepare.derive.it: character 6 of "d => d.weight": weight is not a feature (it is excluded, the time of the row, or personal data), so rows to predict need not have it; make it a feature to use it',
    );
  });
});

describe('against arquero itself', () => {
  const leaf = fc.constantFrom('d.a', 'd.b', 'd.c', '2', '0.5', '-3', 'PI');
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc
        .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%'), tie('expression'))
        .map(([a, o, b]) => `(${a} ${o} ${b})`),
      fc
        .tuple(
          fc.constantFrom('abs', 'sqrt', 'log', 'floor', 'sin', 'cbrt', 'sign', 'log1p'),
          tie('expression'),
        )
        .map(([f, a]) => `op.${f}(${a})`),
      fc
        .tuple(fc.constantFrom('Math.max', 'Math.min', 'op.pow'), tie('expression'), tie('expression'))
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom('<', '<=', '===', '!='),
          tie('expression'),
          tie('expression'),
          tie('expression'),
        )
        .map(([a, o, b, c, d]) => `(${a} ${o} ${b} ? ${c} : ${d})`),
    ),
  }));

  it('gives the same numbers where no value is missing', () => {
    const values = fc.array(
      fc.tuple(
        fc.integer({ min: -9, max: 9 }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
      ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(expression, values, (text, rows) => {
        const columns = { a: rows.map(([a]) => a), b: rows.map(([, b]) => b), c: rows.map(([, , c]) => c) };
        const table = tableOf(Object.entries(columns).map(([name, list]) => [name, numbers(list)]));
        const plan = planDerived(
          schemaOf(table),
          configWith({ prepare: { derive: { it: `d => ${text}` } } }),
        );
        const ours = columnOf(deriveColumns(table, plan), 'it');
        const theirs = arquero
          .table(columns)
          .derive({ it: `d => ${text}` })
          .array('it');
        rows.forEach((_, row) => {
          const expected: unknown = theirs[row];
          const value = valueAt(ours, row);
          // A NaN on the way is missing to the end here; JavaScript may compare it away.
          if (value === null) return;
          expect(value).toBe(typeof expected === 'number' ? expected + 0 : expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("has every function of this table, or its name is JavaScript's", () => {
    const api: object = arquero.op;
    expect(functionNames.filter((name) => typeof Reflect.get(api, name) !== 'function')).toEqual([]);
  });
});
