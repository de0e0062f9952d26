import { block, type TextLayout } from '../summaries/words.ts';
import type { NextSteps } from './next-steps.ts';
import type { WrittenFile } from './written-files.ts';

const statusWords: Readonly<Record<WrittenFile['status'], string>> = {
  written: 'written',
  added: 'lines added',
  same: 'is so already',
  kept: 'is there and stays; init would have it so:',
};

/** What became of each file, for people. */
export function fileLines(files: readonly WrittenFile[], layout: TextLayout): string[] {
  const { style } = layout;
  return block(
    'Files',
    layout,
    files.flatMap(({ file, status, differences = [] }) => [
      `${file}  ${style.dim(statusWords[status])}`,
      ...differences.map((line) => `  ${style.dim(line)}`),
    ]),
  );
}

/** What is to be done next; commands are not broken, so that they can be copied. */
export function nextLines({ commands, settings }: NextSteps, { style }: TextLayout): string[] {
  return [
    style.bold('Next: from here to a pull request with a comment'),
    ...commands.map((command) => `  ${style.accent(command)}`),
    ...(settings.length === 0
      ? []
      : [
          '',
          style.bold('On GitHub, once (no file can say it):'),
          ...settings.flatMap(({ what, page }) => [
            `  ${what}`,
            ...(page === undefined ? [] : [`    ${page}`]),
          ]),
        ]),
  ];
}
