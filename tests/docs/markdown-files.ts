import { globSync } from 'tinyglobby';
import { root, textOf } from '../workflows/project-files.ts';

/** A fenced block of a Markdown file. */
export interface Block {
  readonly file: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The pages of the guides and of what leads to them, from the root of the project. */
export const pages: readonly string[] = globSync(
  ['README.md', 'example-repo/README.md', 'docs/**/*.md', '!docs/adr/**'],
  {
    cwd: root,
  },
).sort();

/** The fenced blocks of pages that have a language. */
export function blocksOf(files: readonly string[]): Block[] {
  return files.flatMap((file) => {
    const text = textOf(file);
    return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map((match) => ({
      file,
      line: text.slice(0, match.index).split('\n').length,
      language: match[1]!,
      text: match[2]!,
    }));
  });
}
