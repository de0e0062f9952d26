import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements of a page in document order, as a browser's parser sees them. */
export function elementsOf(page: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if (!('tagName' in node)) return;
    found.push(node);
    node.childNodes.forEach(visit);
  };
  parse(page).childNodes.forEach(visit);
  return found;
}

/** What a page is made of without its texts: tags and the names of their attributes. */
export function structureOf(page: string): string[] {
  return elementsOf(page)
    .filter(({ tagName }) => tagName !== 'wbr')
    .map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '));
}

/** An attribute's value. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** The text inside an element. */
export function textOf(element: Element): string {
  const read = (node: Node): string =>
    'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(read).join('') : '';
  return element.childNodes.map(read).join('');
}

/** The page's text as it reads: without the style sheet, spaces made one. */
export function readableText(page: string): string {
  const body = elementsOf(page).find(({ tagName }) => tagName === 'body');
  return body ? textOf(body).replace(/\s+/g, ' ') : '';
}
