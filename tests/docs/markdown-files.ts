import { globSync } from 'tinyglobby';
import { root, textOf } from '../workflows/project-files.ts';

/** A fenced block of a Markdown file. */
export interface Block {
  readonly file: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Why the tests do not run it: what the comment in the line above says, `<!-- not run: … -->`. */
  readonly notRun?: string;
}

/** The pages of the guides and of what leads to them, from the root of the project. */
export const pages: readonly string[] = globSync(
  ['README.md', 'example-repo/README.md', 'docs/**/*.md', '!docs/adr/**'],
  {
    cwd: root,
  },
).sort();

const fenced = /^(?:<!-- not run: (?<why>.+) -->\n)?```(?<language>\w+)\n(?<text>[\s\S]*?)^```/gm;

/** The fenced blocks of pages that have a language. */
export function blocksOf(files: readonly string[]): Block[] {
  return files.flatMap((file) => {
    const text = textOf(file);
    return [...text.matchAll(fenced)].map(({ index, groups }) => ({
      file,
      line: text.slice(0, index).split('\n').length + (groups!.why === undefined ? 0 : 1),
      language: groups!.language!,
      text: groups!.text!,
      ...(groups!.why === undefined ? {} : { notRun: groups!.why }),
    }));
  });
}
