import { createHash } from 'node:crypto';
import { type Child, html, type Markup, trusted } from '../report/markup/html.ts';
import { clipText, visibleText } from '../text/visible-text.ts';
import { siteStyle } from './style/site-style.ts';

/** A page of the site. */
export interface SitePage {
  readonly title: string;
  readonly description: string;
  readonly body: Child;
  /** Runs when the page is there: a classic script, so that it also runs from file://. */
  readonly script?: { readonly data: Markup; readonly code: string };
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * A complete HTML document. Its policy lets nothing in from anywhere: no request leaves the page, the style sheet and
 * the one script are allowed by their digests, and no text can become markup or code.
 */
export function renderSitePage({ title, description, body, script }: SitePage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${digest(siteStyle)}`,
    ...(script ? [`script-src ${digest(script.code)}`] : []),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
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
<style>${trusted(siteStyle)}</style>
</head>
<body>
${body}
${script && html`${script.data}\n<script>${trusted(script.code)}</script>\n`}</body>
</html>
`.toString();
}
