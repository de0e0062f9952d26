import { clipText, visibleText } from '../../text/visible-text.ts';
import type { PagePart } from '../pull-request/composition.ts';
import { footLine, framedPage } from '../pull-request/frame.ts';
import { link, md } from '../pull-request/markdown.ts';

/** Characters of a body; GitHub takes 65,536, and markers need room. */
const bodyLimit = 64_000;
const titleLimit = 200;

/** A title, and a body in GitHub's Markdown. */
export interface Proposal {
  readonly title: string;
  readonly body: string;
}

/** In one line, clipped. */
export function titleOf(title: string): string {
  return clipText(visibleText(title).replace(/\s+/g, ' '), titleLimit);
}

/**
 * The parts that fit, with a line that names the others, and where the figures come from.
 *
 * @param runUrl of the run that has the reports.
 */
export function bodyOf(parts: readonly PagePart[], runUrl: string | undefined): string {
  return framedPage(parts, {
    room: { characters: bodyLimit },
    foot:
      runUrl === undefined
        ? md`Made by Ciclo. The full report of the check is in the artifact of its run.`
        : footLine(link('Run with the full reports', runUrl)),
  });
}
