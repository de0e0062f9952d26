import { clipText, visibleText } from '../../text/visible-text.ts';
import { composition, type Part } from '../pull-request/composition.ts';
import { type Markdown, md } from '../pull-request/markdown.ts';

/** Characters of a body; GitHub takes 65,536, and markers need room. */
const bodyLimit = 64_000;
const titleLimit = 200;

/** A title, and a body in GitHub's Markdown. */
export interface Proposal {
  readonly title: string;
  readonly body: string;
}

/** A part that is never left out. */
export function fixed(name: string, content: () => Markdown | undefined): Part {
  return { name, importance: 99, levels: [content] };
}

/** In one line, clipped. */
export function titleOf(title: string): string {
  return clipText(visibleText(title).replace(/\s+/g, ' '), titleLimit);
}

/** The parts that fit, with a line that names the others. */
export function bodyOf(parts: readonly Part[]): string {
  return composition(parts, {
    limit: bodyLimit,
    measure: (text) => text.length,
    note: (names) => md`<sub>Left out for want of room: ${names.join(', ')}.</sub>`,
  });
}
