import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ran, runInMemory } from '../../cli/testing/test-io.ts';
import { blocksOf } from './markdown-files.ts';

/** What a page shows to be done, in order. */
export interface Recipe {
  /** The files that it shows, by the path that their first line names. */
  readonly files: Readonly<Record<string, string>>;
  /** Its command lines of ciclo, without `npx ciclo`. */
  readonly commands: readonly (readonly string[])[];
  /** What it shows of a run: rows of metrics, and each other paragraph whole, with single spaces. */
  readonly shown: readonly string[];
}

const named = /^(?:#|--) (\S+\.\w+)\n/;
const metricRow = /^ {2}[a-z][\w-]*(?:\([\d,]+\))?(?: \(\w+\))? {2,}[−\d].*$/gm;

/** A text without its layout: what is wrapped, indented or aligned otherwise is the same. */
export function withoutLayout(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What a page says that a run prints, in pieces that stand there as they are. */
function piecesOf(text: string): string[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const rows = [...paragraph.matchAll(metricRow)].map(([row]) => row);
    return (rows.length > 0 ? rows : [paragraph]).map(withoutLayout);
  });
}

export function recipeOf(page: string): Recipe {
  const blocks = blocksOf([`docs/${page}.md`]);
  const files = blocks.flatMap(({ text }) => {
    const file = named.exec(text)?.[1];
    return file === undefined
      ? []
      : [[file, text.replace(named, (line) => (file.endsWith('.csv') ? '' : line))]];
  });
  const lines = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n'));
  return {
    files: Object.fromEntries(files) as Record<string, string>,
    commands: lines.flatMap((line) => (/^npx ciclo /.test(line) ? [line.split(/\s+/).slice(2)] : [])),
    shown: blocks
      .filter(({ language, text }) => language === 'text' && !text.startsWith('s3://'))
      .flatMap(({ text }) => piecesOf(text)),
  };
}

/** A folder with files of a recipe in which its commands run. */
export interface Kitchen extends AsyncDisposable {
  readonly folder: string;
  run(argv: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ran>;
}

export async function kitchenWith(files: Readonly<Record<string, string>>): Promise<Kitchen> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo recipe '));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  return {
    folder,
    run: (argv, environment = {}) => runInMemory(argv, { cwd: folder, environment }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
