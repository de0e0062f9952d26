import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { kitchenWith, recipeOf } from './recipe.ts';
import { sales } from './recipe-tables.ts';

/** A Python that has the recipe's packages: CICLO_RECIPE_PYTHON names a folder to put before the others on the path. */
const programs = [process.env.CICLO_RECIPE_PYTHON, process.env.PATH]
  .filter((folder) => folder !== undefined)
  .join(':');

/** Whether the recipe can run here. Says loudly why not, and throws where it must run (CI is set). */
function hasPackages(): boolean {
  try {
    execFileSync('python', ['-c', 'import pandas, skl2onnx, sklearn'], {
      env: { ...process.env, PATH: programs },
      stdio: 'ignore',
    });
    return true;
  } catch {
    const reason =
      'python with scikit-learn, skl2onnx and pandas is not there: the recipe of a Python model does not run';
    if (process.env.CI) throw new Error(reason);
    process.stderr.write(`\n*** ${reason} ***\n\n`);
    return false;
  }
}

test.skipIf(!hasPackages())(
  'the recipe of a model from Python runs as it is written, and its model is chosen',
  async () => {
    const { files, commands } = recipeOf('recipes/python-model');
    const rows = sales();
    expect(rows.startsWith(files['data/sales.csv']!)).toBe(true);
    await using kitchen = await kitchenWith({ ...files, 'data/sales.csv': rows });
    await symlink(
      path.join(inject('onnxruntime'), 'node_modules'),
      path.join(kitchen.folder, 'node_modules'),
    );
    const before = process.env.PATH;
    process.env.PATH = programs; // the command's environment is the process's own
    try {
      const { code, stderr, stdout } = await kitchen.run([...commands[0]!, '--json'], { PATH: programs });
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({
        model: { engine: expect.stringContaining('onnxruntime') },
        evaluation: { verdict: 'pass' },
      });
    } finally {
      process.env.PATH = before;
    }
  },
);
