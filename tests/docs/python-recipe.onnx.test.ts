import { expect, test } from 'vitest';
import { pythonHas, runWithPython } from './python-programs.ts';
import { kitchenWith, recipeOf } from './recipe.ts';
import { sales } from './recipe-tables.ts';

test.skipIf(!pythonHas('pandas', 'skl2onnx', 'sklearn'))(
  'the recipe of a model from Python runs as it is written, and its model is chosen',
  async () => {
    const { files, commands } = recipeOf('recipes/python-model');
    const rows = sales();
    expect(rows.startsWith(files['data/sales.csv']!)).toBe(true);
    await using kitchen = await kitchenWith({ ...files, 'data/sales.csv': rows });
    const { code, stderr, stdout } = await runWithPython(kitchen, [...commands[0]!, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      model: { engine: expect.stringContaining('onnxruntime') },
      evaluation: { verdict: 'pass' },
    });
  },
);
