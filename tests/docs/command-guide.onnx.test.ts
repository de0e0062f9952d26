import { expect, test } from 'vitest';
import { textOf } from '../workflows/project-files.ts';
import { blocksOf } from './markdown-files.ts';
import { pythonHas, runWithPython } from './python-programs.ts';
import { kitchenWith } from './recipe.ts';

const [script] = blocksOf(['docs/guides/command.md']).filter(({ language }) => language === 'python');

/** A ciclo.yml whose one candidate is the guide's script, with every kind of column in the rows. */
function declaration(task: string, target: string): string {
  return JSON.stringify({
    name: 'penguins',
    task,
    target,
    data: { source: { type: 'file', path: 'penguins.csv' } },
    prepare: { 'missing-markers': { add: ['.'] } },
    split: { folds: 'off' },
    train: { candidates: [{ type: 'command', name: 'lightgbm', run: 'python train.py' }] },
  });
}

/** The example's penguins, with a date and a truth value that belong to the row. */
function penguins(): string {
  const [header = '', ...lines] = textOf('example-repo/python/data/penguins.csv').trim().split('\n');
  const day = (row: number): string => new Date(Date.UTC(2007, 10, 1 + row)).toISOString().slice(0, 10);
  return [
    `${header},seen,ringed`,
    ...lines.map((line, row) => `${line},${day(row)},${row % 3 === 0}`),
    '',
  ].join('\n');
}

test.skipIf(!pythonHas('lightgbm', 'onnxmltools', 'pandas')).each([
  ['regression', 'body_mass'],
  ['binary', 'sex'],
  ['multiclass', 'species'],
])("the guide's script trains a model of %s that is the one it converts", async (task, target) => {
  await using kitchen = await kitchenWith({
    'ciclo.yml': declaration(task, target),
    'penguins.csv': penguins(),
    'train.py': script!.text,
  });
  const { code, stderr } = await runWithPython(kitchen, ['run']);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(stderr).toMatch(
    /model\.onnx agrees with the command's own predictions to 1e-5 on all \d+ validation rows/,
  );
});
