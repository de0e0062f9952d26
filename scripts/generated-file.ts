import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of the repository that is made from the code. */
export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly content: string;
}

async function readOr(path: string, missing: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return missing;
  }
}

/** The generated files that differ from what stands on disk. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const stale: GeneratedFile[] = [];
  for (const file of files) if ((await readOr(file.path, '')) !== file.content) stale.push(file);
  return stale;
}

/** Writes generated files; folders are made as needed. */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(file.path), { recursive: true });
    await writeFile(file.path, file.content);
  }
}

/**
 * Replaces what stands between `<!-- name:begin … -->` and `<!-- name:end -->` in a text.
 *
 * @throws Error when the markers are not there, each once and in this order.
 */
export function replaceBetween(text: string, name: string, content: string): string {
  const begin = new RegExp(`<!-- ${name}:begin[^>]*-->`).exec(text);
  const end = text.indexOf(`<!-- ${name}:end -->`);
  if (!begin || end < begin.index)
    throw new Error(`the markers "${name}:begin" and "${name}:end" are missing`);
  return `${text.slice(0, begin.index + begin[0].length)}\n\n${content}\n${text.slice(end)}`;
}
