import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { knownFormat } from '../../shared/source/file-format.ts';

const run = promisify(execFile);
/** Formats of text, in which git may change line ends; the others it leaves as they are. */
const texts: ReadonlySet<string | undefined> = new Set(['csv', 'json', 'ndjson']);

/**
 * The lines of .gitattributes by which git keeps the bytes of data files: ciclo.lock pins their digests, and Git for Windows,
 * like `* text=auto`, changes line ends.
 *
 * @param patterns paths and globs of `data.source.path` in the folder of ciclo.yml.
 * @param folder that folder from the root of the repository; `.` for the root.
 * @example bytesLines(['data/*.csv'], '.') // ['/data/*.csv -text']
 */
export function bytesLines(patterns: readonly string[], folder: string): string[] {
  return patterns.flatMap((pattern) => {
    const path = `${folder === '.' ? '' : `/${folder}`}/${pattern.replace(/^\.\//, '')}`;
    // Packed files are no text, and what lies above the repository is not in it.
    if (pattern.startsWith('..') || !texts.has(knownFormat(pattern)) || /\.gz$/i.test(pattern)) return [];
    return [`${/[\s"]/.test(path) ? JSON.stringify(path) : path} -text`];
  });
}

/** Whether git leaves the line ends of all files alone that a pattern may name, by what .gitattributes says already. */
export async function keepsBytes(root: string, line: string): Promise<boolean> {
  const file = line.replace(/ -text$/, '').replaceAll(/^"?\/|"$/g, '');
  try {
    const { stdout } = await run('git', ['-C', root, 'check-attr', 'text', '--', file], { encoding: 'utf8' });
    return stdout.trimEnd().endsWith(': text: unset');
  } catch {
    // No repository yet, or no git: then nothing says so either.
    return false;
  }
}
