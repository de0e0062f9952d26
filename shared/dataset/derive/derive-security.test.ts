import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../platform/errors.ts';
import { compileRecipe } from '../recipe/recipe-runner.ts';
import type { Recipe } from '../recipe/recipe-schema.ts';
import { planDerivations } from './derive-plan.ts';

/** A recipe as it might come in a model folder from anywhere. */
function recipeWith(expression: string): Recipe {
  return {
    version: 1,
    rows: 1,
    columns: [{ name: 'x', type: 'number' }],
    derived: [{ name: 'it', expression, type: 'number' }],
    features: [
      {
        kind: 'number',
        column: 'it',
        impute: 0,
        indicator: false,
        transform: { type: 'none' },
        scaling: { type: 'none' },
      },
    ],
    warnings: [],
  };
}

const attacks = [
  'd => constructor',
  'd => d.constructor',
  'd => d.constructor.constructor("return process")()',
  'd => d["constructor"]',
  'd => d["con" + "structor"]',
  'd => d[`constructor`]',
  'd => d.__proto__',
  'd => d.x.constructor',
  'd => d.x["constructor"]',
  'd => (0).constructor',
  'd => "".constructor.constructor("throw 1")()',
  'd => [].constructor',
  'd => d[[].constructor.constructor]',
  'd => ({}).toString',
  'd => globalThis',
  'd => globalThis.process.exit(1)',
  'd => process.exit(1)',
  'd => window',
  'd => this',
  'd => require("node:fs")',
  'd => import("node:fs")',
  'd => import.meta.url',
  'd => new Function("throw 1")()',
  'd => Function("throw 1")()',
  'd => eval("1")',
  'd => (() => { throw 1 })()',
  '(() => { throw 1 })()',
  '(function () { throw 1 })()',
  'd => op.constructor("throw 1")()',
  'd => op["constructor"]("throw 1")',
  'd => op.__proto__',
  'd => op.toString()',
  'd => op.hasOwnProperty("x")',
  'd => Math.constructor',
  'd => Math["constructor"]',
  'd => Math.constructor.constructor("throw 1")()',
  'd => Math.toString()',
  'd => op.sqrt.constructor("throw 1")()',
  'd => op.sqrt.call(null, d.x)',
  'd => op?.sqrt(d.x)',
  'd => d?.x',
  'd => `${constructor}`',
  'd => `${this}`',
  'd => `${d.constructor}`',
  'd => String.raw`a`',
  'd => op.lower`a`',
  'd => d.x++',
  'd => (d.x = 1)',
  'd => delete d.x',
  'd => void 0',
  'd => typeof d.x',
  'd => "x" in d',
  'd => d.x instanceof Object',
  'd => (d.x, 1)',
  'd => [d.x]',
  'd => [...d.x]',
  'd => op.sqrt(...d.x)',
  'd => ({ x: 1 })',
  'd => function () {}',
  'd => class {}',
  'd => (e => e)(1)',
  'd => /(a+)+$/',
  'd => 10n',
  'd => #x in d',
  'async d => d.x',
  'async d => await d.x',
  'function* g() { yield 1 }',
  '({ ...rest }) => rest',
  '({ constructor }) => constructor',
  '({ x = process.exit(1) }) => x',
  '({ [`x`]: y }) => y',
  '([x]) => x',
  '(...args) => args',
  '(d = process) => d.x',
  '() => d.x',
  'd => undefined.x',
  'd => null.x',
  'd => arguments',
  'd => new.target',
  'while (true) {}',
  'd => d.x } }, process.exit(1), { a: { b: 1',
  'd => d.x)\n;process.exit(1)//',
  '',
];

describe('a recipe from elsewhere cannot run code', () => {
  it.each(attacks)('%s', (expression) => {
    expect(() => compileRecipe(recipeWith(expression))).toThrow(ConfigurationError);
    expect(() => compileRecipe(recipeWith(expression))).toThrow(/^recipe\.json, derived column it: /);
  });

  it("reads only columns, even ones with the names of an object's own inner workings", () => {
    const recipe: Recipe = {
      ...recipeWith('d => d.constructor + d["__proto__"]'),
      columns: [
        { name: 'constructor', type: 'number' },
        { name: '__proto__', type: 'number' },
      ],
    };
    const row = Object.fromEntries([
      ['constructor', 40],
      ['__proto__', 2],
    ]);
    const out = new Float32Array(1);
    compileRecipe(recipe).applyRecord(row, out);
    expect([...out]).toEqual([42]);
  });

  it('refuses an expression too long to be read, however it nests', () => {
    const deep = `d => ${'('.repeat(1000)}d.x${')'.repeat(1000)}`;
    expect(() => compileRecipe(recipeWith(deep))).toThrow(
      'recipe.json, derived column it: the expression has 2008 characters; at most 2000 are read',
    );
    const nested = `d => ${'('.repeat(101)}d.x${')'.repeat(101)}`;
    expect(() => compileRecipe(recipeWith(nested))).toThrow(
      `recipe.json, derived column it: character 106 of "…${'('.repeat(40)}(d.x${')'.repeat(36)}…": brackets are nested deeper than 100`,
    );
    const long = `d => ${'d.x + '.repeat(300)}d.x`;
    expect(compileRecipe(recipeWith(long)).width).toBe(1);
  });

  it('cannot fill the memory with texts that double', () => {
    const derived = Array.from({ length: 64 }, (_, i) => ({
      name: `t${i}`,
      expression: i === 0 ? "d => 'abcdefgh'" : `d => d.t${i - 1} + d.t${i - 1}`,
      type: 'category' as const,
    }));
    const last = { name: 'it', expression: 'd => d.t63 === null', type: 'boolean' as const };
    const recipe: Recipe = {
      ...recipeWith(''),
      derived: [...derived, last],
      features: [{ kind: 'boolean', column: 'it', impute: false, indicator: false }],
    };
    const out = new Float32Array(1);
    compileRecipe(recipe).applyRecord({ x: 1 }, out);
    expect([...out]).toEqual([1]);
  });

  it('names the place when it is read, not when a row arrives', () => {
    const plan = (): unknown =>
      planDerivations(
        [{ name: 'x', type: 'number' }],
        [{ name: 'it', expression: 'd => d.x + process' }],
        (name) => `model ${name}`,
      );
    expect(plan).toThrow(
      'model it: character 12 of "d => d.x + process": nothing is called process here; a column is written d.process',
    );
  });
});
