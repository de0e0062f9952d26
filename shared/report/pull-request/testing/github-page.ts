import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Markdown as GitHub renders it before its filters: GFM, HTML as it is. */
export function githubHtml(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
}

/** Elements in document order with the names of their attributes; a link with where it leads. */
export function elementsOf(html: string): string[] {
  const found: string[] = [];
  visit(parseFragment(html).childNodes, (node) => {
    if (!('tagName' in node)) return;
    const attributes = node.attrs.map(({ name, value }) => (name === 'href' ? `href=${value}` : name));
    found.push([node.tagName, ...attributes].join(' '));
  });
  return found;
}

/** The text that a reader sees, the template's own zero-width spaces taken out. */
export function readText(html: string): string {
  return pieces(parseFragment(html).childNodes).join('').replaceAll('\u200b', '').replaceAll('\u00a0', ' ');
}

function pieces(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) =>
    'value' in node ? [node.value] : 'childNodes' in node ? pieces(node.childNodes) : [],
  );
}

/**
 * What GitHub's filters, which run over the text after Markdown, would still make something of: mentions, references,
 * emoji, mathematics, addresses. They look at each text by itself and pass over code and links; but replies by mail, whose
 * text has lost its code, still mention.
 */
export function triggersIn(html: string): string[] {
  const found: string[] = [];
  const walk = (nodes: readonly Node[], isCode: boolean): void => {
    for (const node of nodes) {
      if ('value' in node && node.nodeName === '#text') found.push(...matches(node.value, isCode));
      if ('tagName' in node && node.tagName !== 'a') {
        walk(node.childNodes, isCode || node.tagName === 'code' || node.tagName === 'pre');
      }
    }
  };
  const root = parseFragment(html);
  walk(root.childNodes, false);
  return found;
}

const always = [/(?<!\w)@[a-z0-9]/gi];
const outsideCode = [
  /#\d+\b/g,
  /\bgh-\d/gi,
  /:[\w+-]+:/g,
  /\$[^$]+\$/g,
  /\$\$/g,
  /[a-z]+:\/\//gi,
  /\bwww\./gi,
  /\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}\b/gi,
];

function matches(text: string, isCode: boolean): string[] {
  return [...always, ...(isCode ? [] : outsideCode)].flatMap((pattern) => text.match(pattern) ?? []);
}

function visit(nodes: readonly Node[], see: (node: Node) => void): void {
  for (const node of nodes) {
    see(node);
    if ('childNodes' in node) visit(node.childNodes, see);
  }
}
