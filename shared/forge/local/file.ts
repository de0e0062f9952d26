import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeIgnoredFolder } from '../../platform/ignored-folder.ts';
import { temporaryBeside } from '../../platform/unfinished.ts';

/** The text of a file; undefined when there is none. @throws the file system's error, unless the file is missing. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Names in a folder, none when it is not there; files half written are not among them.
 *
 * @throws the file system's error, unless the folder is missing.
 */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Writes a file whole or not at all, over what was there. */
export async function replaceText(file: string, text: string): Promise<void> {
  await rename(await writeBeside(file, text), file);
}

/** Writes a file whole or not at all; false when there is one of that name already. */
export async function createText(file: string, text: string): Promise<boolean> {
  return createBytes(file, Buffer.from(text));
}

/** As {@link createText}. @throws the file system's error, unless the file exists. */
export async function createBytes(file: string, bytes: Uint8Array): Promise<boolean> {
  const written = await writeBeside(file, bytes);
  try {
    await link(written, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
}

async function writeBeside(file: string, content: string | Uint8Array): Promise<string> {
  makeIgnoredFolder(file);
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = temporaryBeside(path.dirname(file), 'file');
  await writeFile(temporary, content, { flag: 'wx' });
  return temporary;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
