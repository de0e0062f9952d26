import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What became of a file. */
export interface WrittenFile {
  /** From the root of the repository, with forward slashes. */
  readonly file: string;
  /** `written`: there was none. `added`: lines were added. `same`: it was so already. `kept`: it is another, and stays. */
  readonly status: 'written' | 'added' | 'same' | 'kept';
  /** Of a file that stays: what the proposal has and it has not (`+`), and the other way about (`-`). */
  readonly differences?: readonly string[];
}

/** Differences of a kind that are listed; who wants all of them compares the files. */
const mostDifferences = 6;

/** Writes a file where there is none; one that is there stays, whatever is in it. */
export async function writeNew(root: string, file: string, text: string): Promise<WrittenFile> {
  const place = path.join(root, file);
  await mkdir(path.dirname(place), { recursive: true });
  try {
    await writeFile(place, text, { flag: 'wx' });
    return { file, status: 'written' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return compared(file, await readFile(place, 'utf8'), text);
  }
}

/** Says how a file that is there differs from a proposed text. */
export function compared(file: string, existing: string, proposed: string): WrittenFile {
  if (existing === proposed) return { file, status: 'same' };
  return { file, status: 'kept', differences: lineDifferences(existing, proposed) };
}

/** Adds the lines that a file lacks at its end; the file is made where there is none. */
export async function addLines(root: string, file: string, lines: readonly string[]): Promise<WrittenFile> {
  const place = path.join(root, file);
  const existing = await readFile(place, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const present = new Set((existing ?? '').split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line.trim()));
  if (missing.length === 0) return { file, status: 'same' };
  const start = existing === undefined || existing === '' || existing.endsWith('\n') ? '' : '\n';
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, `${existing ?? ''}${start}${missing.join('\n')}\n`);
  return { file, status: existing === undefined ? 'written' : 'added' };
}

/** Lines that only one of two texts has, comments at their ends set aside. */
function lineDifferences(existing: string, proposed: string): string[] {
  const [theirs, ours] = [meaningOf(existing), meaningOf(proposed)];
  const only = (lines: readonly string[], others: readonly string[], mark: string): string[] => {
    const found = lines.filter((line) => !others.includes(line)).map((line) => `${mark} ${line}`);
    const more = found.length - mostDifferences;
    return more > 0 ? [...found.slice(0, mostDifferences), `${mark} … and ${more} more lines`] : found;
  };
  return [...only(ours, theirs, '+'), ...only(theirs, ours, '-')];
}

function meaningOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trimEnd())
    .filter((line) => line.trim() !== '');
}
