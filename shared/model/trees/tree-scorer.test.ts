import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { type Column, rowAt, type Table, tableOf } from '../../dataset/table/table.ts';
import {
  booleans,
  categories,
  configWith,
  dates,
  numbers,
  schemaOf,
} from '../../dataset/testing/dataset-builders.ts';
import { createRandom } from '../../platform/random.ts';
import { type Boosted, boost } from './boost.ts';
import { absoluteLoss, binaryLoss, multiclassLoss, squaredLoss } from './boosting-losses.ts';
import { freely } from './testing/tree-tables.ts';
import { createTreeBinner } from './tree-binner.ts';
import { formatTrees, parseTrees } from './tree-file.ts';
import { treeColumns } from './tree-inputs.ts';
import { compactModel } from './tree-model.ts';
import { createTreeScorer } from './tree-scorer.ts';

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 5 });
const word = fc.constantFrom('a', 'b', 'c', '', '__proto__', 'constructor', 'rare');
const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
);
const time = fc
  .date({ noInvalidDate: true, min: new Date('1950-01-01'), max: new Date('2050-01-01') })
  .map((date) => date.toISOString());

function tables(rows: number): fc.Arbitrary<Table> {
  const of = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> =>
    fc.array(maybe(values), { minLength: rows, maxLength: rows });
  const columns: fc.Arbitrary<Record<string, Column>> = fc.record({
    n: of(number).map(numbers),
    c: of(word).map(categories),
    b: of(fc.boolean()).map(booleans),
    t: of(time).map(dates),
  });
  return columns.map((record) => tableOf(Object.entries(record)));
}

const losses = [squaredLoss, absoluteLoss, binaryLoss, multiclassLoss(3)];
const rows = 40;

/** Trees of a table, and how they came to be. */
function trained(table: Table, loss: (typeof losses)[number], labels: readonly number[]) {
  const config = configWith({ prepare: { derive: { twice: 'd => 2 * d.n', text: 'd => op.upper(d.c)' } } });
  const recipe = fitRecipe(table, schemaOf(table), config);
  const { inputs, columns } = treeColumns(recipe, table);
  const classes = loss.outputs === 1 ? 2 : 3;
  const isClass = loss !== squaredLoss && loss !== absoluteLoss;
  const targets = Float64Array.from(labels, (label) => (isClass ? label % classes : label));
  const train = { rows, columns, targets };
  const running = boost({ train, loss, options: { ...freely, rounds: 6 } }, createRandom(1));
  let step = running.next();
  while (!step.done) step = running.next();
  const fitted: Boosted = step.value;
  return { recipe, train, fitted, model: compactModel(fitted.model, inputs) };
}

describe('scoring trees', () => {
  it('gives tables and records the scores of the training, to the last bit, from the files alone', () => {
    fc.assert(
      fc.property(
        tables(rows),
        fc.constantFrom(...losses),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: rows, maxLength: rows }),
        (table, loss, labels) => {
          const { recipe, train, fitted, model } = trained(table, loss, labels);
          const { header, bytes } = formatTrees(model);
          const read = parseTrees(JSON.parse(JSON.stringify(header)), bytes);
          const binner = createTreeBinner(recipe, read.features);
          const scorer = createTreeScorer(read);
          const bins = new Uint8Array(rows * read.features.length);
          binner.binTable(table, 0, rows, bins);
          const scores = new Float64Array(rows * loss.outputs);
          scorer.score(bins, rows, scores);

          const byOutput = new Float64Array(scores.length);
          for (let i = 0; i < scores.length; i++)
            byOutput[(i % loss.outputs) * rows + Math.floor(i / loss.outputs)] = scores[i]!;
          expect(loss.mean(byOutput, train)).toBe(fitted.history.at(-1)!.loss);

          const record = new Uint8Array(read.features.length);
          const score = new Float64Array(loss.outputs);
          for (let row = 0; row < rows; row++) {
            binner.binRecord(rowAt(table, row), record);
            scorer.score(record, 1, score);
            expect(score).toEqual(scores.slice(row * loss.outputs, (row + 1) * loss.outputs));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes a category that training never saw for a rare one, and an absent column for a missing value', () => {
    const many = Array.from({ length: rows }, (_, i) => ['a', 'b', i < 38 ? 'c' : 'rare'][i % 3]!);
    const table = tableOf([['c', categories(many)]]);
    const recipe = fitRecipe(table, schemaOf(table), configWith());
    const { inputs, columns } = treeColumns(recipe, table);
    const targets = Float64Array.from(many, (text) => text.length);
    const running = boost(
      { train: { rows, columns, targets }, loss: squaredLoss, options: freely },
      createRandom(1),
    );
    let step = running.next();
    while (!step.done) step = running.next();
    const model = compactModel(step.value.model, inputs);
    const binner = createTreeBinner(recipe, model.features);
    const bins = new Uint8Array(3);
    binner.binRecord({ c: 'never seen' }, bins.subarray(0, 1));
    binner.binRecord({ c: 'rare' }, bins.subarray(1, 2));
    binner.binRecord({}, bins.subarray(2));
    expect([...bins]).toEqual([1, 1, 0]);
    expect(model.features[0]!.categories).toEqual(['a', 'b', 'c']);
  });
});

describe('files of trees', () => {
  const [table] = fc.sample(tables(rows), { numRuns: 1, seed: 4 });
  const { model } = trained(
    table!,
    multiclassLoss(3),
    Array.from({ length: rows }, (_, i) => i % 7),
  );
  const { header, bytes } = formatTrees(model);

  it('read back as they were written', () => {
    const read = parseTrees(header, bytes);
    expect(formatTrees(read)).toEqual({ header, bytes });
    expect(read.features.some(({ categories: named }) => named)).toBe(true);
  });

  it.each([
    ['no object', 'trees', /trees.json: cannot read its root/],
    ['an unknown version', { ...header, version: 2 }, /cannot read version/],
    ['other sizes', { ...header, nodes: header.nodes + 1 }, /declares \d+ bytes, the file has \d+/],
    ['too few base scores', { ...header, base: [0] }, /3 outputs have 1 base scores/],
    ['no whole rounds', { ...header, outputs: 4, base: [0, 0, 0, 0] }, /no whole rounds of 4/],
  ])('are refused with %s', (_, other, message) => {
    expect(() => parseTrees(other, bytes)).toThrow(message);
  });

  const places = (() => {
    const edges = 8 * header.features.reduce((sum, feature) => sum + feature.edges, 0);
    const sizes = edges + 4 * (header.nodes + header.trees);
    const feature = sizes + 2 * header.trees;
    const left = feature + 2 * header.nodes;
    return { edges, sizes, feature, left };
  })();
  const withBytes = (change: (view: DataView) => void): Uint8Array => {
    const copy = bytes.slice();
    change(new DataView(copy.buffer));
    return copy;
  };

  it.each([
    [
      'an edge that is no number',
      (view: DataView) => view.setFloat64(0, Number.NaN, true),
      /edge 0 of .* is NaN/,
    ],
    [
      'a leaf that is infinite',
      (view: DataView) => view.setFloat32(places.edges, 1 / 0, true),
      /leaf 0 is Infinity/,
    ],
    ['other tree sizes', (view: DataView) => view.setUint16(places.sizes, 0, true), /as many nodes/],
    [
      'a question about nothing',
      (view: DataView) => view.setUint16(places.feature, 999, true),
      /asks about feature 999/,
    ],
    ['a cycle', (view: DataView) => view.setInt16(places.left, 0, true), /node 0 of tree 0 leads to 0/],
    [
      'a child of another tree',
      (view: DataView) => view.setInt16(places.left, 30_000, true),
      /leads to 30000/,
    ],
  ])('are refused with %s', (_, change, message) => {
    expect(() => parseTrees(header, withBytes(change))).toThrow(message);
  });

  it('are refused or predict, whatever byte is wrong', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const copy = bytes.slice();
        copy[at]! ^= flip;
        let read: ReturnType<typeof parseTrees>;
        try {
          read = parseTrees(header, copy);
        } catch (error) {
          expect(error).toMatchObject({ name: 'IntegrityError' });
          return;
        }
        const scores = new Float64Array(3);
        createTreeScorer(read).score(new Uint8Array(read.features.length).fill(7), 1, scores);
        expect(scores.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
