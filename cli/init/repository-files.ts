import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ownerFiles } from '../../shared/init/code-owners.ts';
import { type WorkflowFile, type WorkflowPlan, workflowText } from '../../shared/init/workflow-texts.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import type { Checkout } from '../session/checkout.ts';
import { bytesLines, keepsBytes } from './kept-bytes.ts';
import { addLines, type WrittenFile, writeNew } from './written-files.ts';

/** What is written around ciclo.yml. */
export interface RepositoryFiles {
  /** Root of the repository; the folder of ciclo.yml where there is none. */
  readonly root: string;
  readonly folder: string;
  readonly defaultBranch: string;
  readonly name: string;
  readonly secrets: readonly string[];
  /** Paths and globs of the data files in the folder. */
  readonly data: readonly string[];
  readonly workflows: readonly WorkflowFile[];
  /** Who is asked when the rules change: `@acme/model-owners`; undefined for nobody. */
  readonly owner: string | undefined;
}

/** Where the files of a checkout go, or of a folder that is no checkout yet. */
export function placeOf(
  checkout: Checkout | undefined,
  directory: string,
): Pick<RepositoryFiles, 'root' | 'folder' | 'defaultBranch'> {
  return checkout ?? { root: directory, folder: '.', defaultBranch: 'main' };
}

/** Writes .gitignore, .gitattributes, the workflows and CODEOWNERS; what is there stays. */
export async function writeRepositoryFiles(files: RepositoryFiles): Promise<WrittenFile[]> {
  const { root, workflows, owner } = files;
  const written = [await ignoreRunDirectory(root), ...(await keepDataBytes(files))];
  for (const file of workflows) {
    written.push(await writeNew(root, `.github/workflows/${file}`, workflowText(file, planOf(files))));
  }
  if (owner !== undefined) written.push(await nameOwner(files, owner));
  return written;
}

function planOf({ folder, defaultBranch, secrets, name }: RepositoryFiles): WorkflowPlan {
  // Mondays between 3 and 7 in the morning, each repository at its own minute: at full hours GitHub is late.
  const number = Number.parseInt(sha256(name).slice(-6), 16);
  return { folder, defaultBranch, secrets, schedule: { minute: 1 + (number % 58), hour: 3 + (number % 4) } };
}

/** The run directory is made again from what is committed. */
async function ignoreRunDirectory(root: string): Promise<WrittenFile> {
  const text = await readFile(path.join(root, '.gitignore'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (/^(?:\*\*\/|\/)?\.ciclo\/?\s*$/m.test(text)) return { file: '.gitignore', status: 'same' };
  return addLines(root, '.gitignore', ['.ciclo/']);
}

/** Where ciclo.lock pins files of text, git is told to leave their bytes alone. */
async function keepDataBytes({ root, folder, data }: RepositoryFiles): Promise<WrittenFile[]> {
  const lines = bytesLines(data, folder);
  if (lines.length === 0) return [];
  const settled = await Promise.all(lines.map((line) => keepsBytes(root, line)));
  if (settled.every((one) => one)) return [{ file: '.gitattributes', status: 'same' }];
  return [await addLines(root, '.gitattributes', lines)];
}

/** A file that names somebody for ciclo.yml already stays as it is. */
async function nameOwner({ root, folder }: RepositoryFiles, owner: string): Promise<WrittenFile> {
  const file = ownerFiles.find((name) => existsSync(path.join(root, name))) ?? ownerFiles[0]!;
  const prefix = folder === '.' ? '' : `/${folder}`;
  const existing = await readFile(path.join(root, file), 'utf8').catch(() => '');
  const owned = new Set(existing.split(/\r?\n/).map((line) => line.trim().split(/\s+/)[0]));
  const lines = [`${prefix}/ciclo.yml`, `${prefix}/ciclo.lock`, '/.github/']
    .filter((pattern) => !owned.has(pattern))
    .map((pattern) => `${pattern} ${owner}`);
  return addLines(root, file, lines);
}
