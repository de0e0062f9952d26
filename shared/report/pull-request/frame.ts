import { composition, type PagePart } from './composition.ts';
import { joinedPieces, type Markdown, md, type Piece } from './markdown.ts';

/** How much GitHub takes in one text; characters are counted as UTF-16 units, which is at least what GitHub counts. */
export type Room = { readonly bytes: number } | { readonly characters: number };

/** What stands around the parts of a page. */
export interface TextFrame {
  readonly room: Room;
  /** The last line, in small type; never left out. */
  readonly foot: Markdown;
  /** Where what is left out can be read: `the report`. Undefined: nowhere that is known. */
  readonly elsewhere?: Markdown;
}

/**
 * The frame of every page in Markdown: comment, check, job summary, and the text of a pull request or an issue. The parts
 * in their order, each as full as the room allows, a line that names those left out, and the foot.
 *
 * @throws RangeError when the room is too small for the parts at their shortest.
 */
export function framedPage(parts: readonly PagePart[], { room, foot, elsewhere }: TextFrame): string {
  const see = elsewhere && md`; see ${elsewhere}`;
  return composition([...parts, fixedPart('the links', () => md`<sub>${foot}</sub>`)], {
    ...('bytes' in room
      ? { limit: room.bytes, measure: (text) => Buffer.byteLength(text) }
      : { limit: room.characters, measure: (text) => text.length }),
    note: (names) => md`<sub>Left out for lack of room: ${names.join(', ')}${see}.</sub>`,
  });
}

/** A foot: links and facts, and who made the page. */
export function footLine(...pieces: readonly Piece[]): Markdown {
  return joinedPieces([...pieces, 'made by Ciclo'], ' · ');
}

/** A part that is never shortened or left out. */
export function fixedPart(name: string, content: () => Markdown | undefined): PagePart {
  return { name, importance: Number.POSITIVE_INFINITY, levels: [content] };
}

/** A part that has one length, or is left out. */
export function unshortenedPart(
  name: string,
  importance: number,
  content: () => Markdown | undefined,
): PagePart {
  return droppable({ name, importance, levels: [content] });
}

/**
 * A part that gets shorter, and is never left out.
 *
 * @param sizes of its lists, the fullest first.
 */
export function shrinking<Size>(
  name: string,
  importance: number,
  sizes: readonly Size[],
  render: (size: Size) => Markdown | undefined,
): PagePart {
  return { name, importance, levels: sizes.map((size) => () => render(size)) };
}

/** The part, left out where its shortest form has no room. */
export function droppable(part: PagePart): PagePart {
  return { ...part, levels: [...part.levels, () => undefined] };
}
