import { namePieces } from '../../text/name-breaks.ts';

/** What can be put into an element; text is only ever text. */
export type Content = Node | string | undefined;
export type Attributes = Readonly<Record<string, string | number>>;

const svg = 'http://www.w3.org/2000/svg';

function fill<T extends Element>(made: T, attributes: Attributes, contents: readonly Content[]): T {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...contents.filter((content) => content !== undefined));
  return made;
}

/** An HTML element with attributes and contents. */
export function htmlElement(name: string, attributes: Attributes = {}, ...contents: Content[]): HTMLElement {
  return fill(document.createElement(name), attributes, contents);
}

/** A name from data, which keeps its writing direction to itself and breaks between its words. */
export function nameElement(name: string): HTMLElement {
  const pieces = namePieces(name).flatMap((piece, i) => (i === 0 ? [piece] : [htmlElement('wbr'), piece]));
  return htmlElement('bdi', {}, ...pieces);
}

/** An element of a drawing. */
export function svgElement(name: string, attributes: Attributes = {}, ...contents: Content[]): SVGElement {
  const made = document.createElementNS(svg, name);
  return fill(made as SVGElement, attributes, contents);
}

/** The element of the page with this id. @throws Error when the page was made without it. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element ${id}`);
  return found;
}
