import { createHash } from 'node:crypto';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { type Child, html, type Markup, trusted } from './html.ts';

/** A page: everything that it needs is inside it. */
export interface Page {
  readonly title: string;
  readonly description: string;
  readonly style: string;
  readonly body: Child;
}

/**
 * A complete HTML document. Its policy lets nothing in from anywhere and runs no script: should data ever slip
 * through the escaping, the browser still refuses to act on it. The one style sheet is allowed by its digest.
 */
export function renderPage(page: Page): string {
  const style = createHash('sha256').update(page.style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const document: Markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${page.description}">
<title>${clipText(visibleText(page.title), 120)}</title>
<link rel="icon" href="data:,">
<style>${trusted(page.style)}</style>
</head>
<body>
${page.body}
</body>
</html>
`;
  return document.toString();
}
