import type { Markdown } from './markdown.ts';

/** A piece of a page that has a long form and shorter ones. */
export interface PagePart {
  /** What is missing when it is left out: `the training table`. */
  readonly name: string;
  /** Parts with a smaller number are shortened first. */
  readonly importance: number;
  /** From the fullest to the shortest; undefined says nothing. */
  readonly levels: readonly (() => Markdown | undefined)[];
}

export interface Fit {
  readonly limit: number;
  /** In which the limit counts. */
  readonly measure: (text: string) => number;
  /** Says what was left out; stands before the last part. */
  readonly note: (names: readonly string[]) => Markdown;
}

/**
 * The parts in their order, each as full as the limit allows: the least important one is shortened level by level, and
 * left out, before the next is touched.
 *
 * @throws RangeError when even the shortest page is over the limit.
 */
export function composition(parts: readonly PagePart[], fit: Fit): string {
  const levels = parts.map(() => 0);
  const texts = parts.map((part) => `${part.levels[0]!() ?? ''}`);
  const spoken = texts.map((text) => text !== '');
  const order = [...parts.keys()].sort((a, b) => parts[a]!.importance - parts[b]!.importance);
  for (;;) {
    const omitted = parts.filter((_, i) => spoken[i] && texts[i] === '').map(({ name }) => name);
    const page = pageOf(texts, omitted, fit);
    if (fit.measure(page) <= fit.limit) return page;
    const next = order.find((i) => spoken[i] && levels[i]! + 1 < parts[i]!.levels.length);
    if (next === undefined) {
      const length = fit.measure(page);
      throw new RangeError(
        `cannot render the report within ${fit.limit}: its shortest form is ${length} long`,
      );
    }
    levels[next]!++;
    texts[next] = `${parts[next]!.levels[levels[next]!]!() ?? ''}`;
  }
}

function pageOf(texts: readonly string[], omitted: readonly string[], { note }: Fit): string {
  const all = omitted.length === 0 ? texts : [...texts.slice(0, -1), `${note(omitted)}`, texts.at(-1)!];
  return `${all.filter((text) => text !== '').join('\n\n')}\n`;
}
