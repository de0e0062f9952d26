import { createHash } from 'node:crypto';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { type Child, html, type Markup, trusted } from './html.ts';

/** A page, of a report or of the site: everything that it needs is inside it. */
export interface HtmlPage {
  readonly title: string;
  readonly description: string;
  readonly style: string;
  readonly body: Child;
  /** Without it the page runs none. */
  readonly script?: PageScript;
  /** Directives of the content security policy beside those of every page. */
  readonly directives?: readonly string[];
}

/** Runs when the page is there: a classic script, so that it also runs from file://. */
export interface PageScript {
  /** The element that the script reads. */
  readonly data: Markup;
  readonly code: string;
  /** A large element that it reads once the page is complete. */
  readonly later?: Markup;
}

/**
 * A complete HTML document. Its policy lets nothing in from anywhere: should data ever slip through the escaping, the
 * browser still refuses to act on it. The one style sheet, and the script where there is one, are allowed by their
 * digests.
 */
export function renderPage({ title, description, style, body, script, directives = [] }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${digestSource(style)}`,
    ...(script ? [`script-src ${digestSource(script.code)}`] : []),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    ...directives,
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${description}">
<title>${clipText(visibleText(title), 120)}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
${body}
${script && html`${script.data}\n<script>${trusted(script.code)}</script>\n${script.later}\n`}</body>
</html>
`.toString();
}

/** By which a policy allows this very text and no other. */
function digestSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
