import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';
import type { Ran } from '../../cli/testing/test-io.ts';
import type { Kitchen } from './recipe.ts';

/** Where a page's `python` is: CICLO_RECIPE_PYTHON names a folder to put before the others on the path. */
const programs = [process.env.CICLO_RECIPE_PYTHON, process.env.PATH]
  .filter((folder) => folder !== undefined)
  .join(':');

/** Whether Python has modules that a page's script imports. Says loudly why not, and throws where it must run (CI is set). */
export function pythonHas(...modules: string[]): boolean {
  try {
    execFileSync('python', ['-c', `import ${modules.join(', ')}`], {
      env: { ...process.env, PATH: programs },
      stdio: 'ignore',
    });
    return true;
  } catch {
    const reason = `python with ${modules.join(', ')} is not there: a page's script does not run`;
    if (process.env.CI) throw new Error(reason);
    process.stderr.write(`\n*** ${reason} ***\n\n`);
    return false;
  }
}

/** Runs ciclo in a folder with ONNX Runtime beside it, where a command of ciclo.yml finds that Python. */
export async function runWithPython(kitchen: Kitchen, argv: readonly string[]): Promise<Ran> {
  await symlink(path.join(inject('onnxruntime'), 'node_modules'), path.join(kitchen.folder, 'node_modules'));
  const before = process.env.PATH;
  process.env.PATH = programs; // the command's environment is the process's own
  try {
    return await kitchen.run(argv, { PATH: programs });
  } finally {
    process.env.PATH = before;
  }
}
