import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const icons = { NOTE: 'ℹ️ Note', WARNING: '⚠️ Warning' } as const;

/** A comment as GitHub shows it in a pull request: its Markdown as a page, alerts as boxes. */
export function commentPage(markdown: string, theme: 'light' | 'dark' = 'light'): string {
  const body = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  }).replace(
    /<blockquote>\s*<p>\[!(NOTE|WARNING)\]\s*/g,
    (_, kind: keyof typeof icons) =>
      `<blockquote class="alert ${kind.toLowerCase()}"><p class="alert-title">${icons[kind]}</p><p>`,
  );
  return `<!doctype html><html lang="en" data-theme="${theme}"><meta charset="utf-8"><title>Comment</title>
<style>${style}</style>
<article><header><b>github-actions</b> <span class="bot">bot</span> <span class="when">commented</span></header>
<div class="body">${body}</div></article></html>`;
}

const style = `
:root { --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --ground: #fff; --soft: #f6f8fa; --link: #0969da; --code: #818b981f; --warning: #9a6700; --note: #0969da; }
[data-theme="dark"] { --text: #f0f6fc; --muted: #9198a1; --line: #3d444d; --ground: #0d1117; --soft: #151b23; --link: #4493f8; --code: #656c7633; --warning: #d29922; --note: #4493f8; }
body { margin: 16px; background: var(--ground); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
article { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
header { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 16px; color: var(--muted); }
header b { color: var(--text); }
.bot { border: 1px solid var(--line); border-radius: 2em; padding: 0 7px; font-size: 12px; }
.body { padding: 16px; overflow-wrap: break-word; }
.body > :first-child { margin-top: 0; } .body > :last-child { margin-bottom: 0; }
h3, h4 { margin: 24px 0 16px; line-height: 1.25; font-weight: 600; } h3 { font-size: 17.5px; } h4 { font-size: 14px; }
p, ul, table, pre, details, blockquote { margin: 0 0 16px; }
ul { padding-left: 28px; } li { margin: 4px 0; }
a { color: var(--link); text-decoration: none; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-spacing: 0; border-collapse: collapse; }
th, td { padding: 6px 13px; border: 1px solid var(--line); } th { font-weight: 600; }
tbody tr:nth-child(2n) { background: var(--soft); }
code { font: 85% ui-monospace, "SF Mono", "Liberation Mono", Menlo, monospace; padding: .2em .4em; border-radius: 6px; background: var(--code); white-space: break-spaces; }
pre { padding: 16px; background: var(--soft); border-radius: 6px; overflow: auto; font-size: 85%; } pre code { padding: 0; background: none; font-size: 100%; white-space: pre; }

blockquote { padding: 0 1em; color: var(--muted); border-left: .25em solid var(--line); }
.alert { color: inherit; padding: 8px 16px; } .alert > :last-child { margin-bottom: 0; }
.alert.warning { border-left-color: var(--warning); } .alert.note { border-left-color: var(--note); }
.alert-title { font-weight: 500; } .warning .alert-title { color: var(--warning); } .note .alert-title { color: var(--note); }
details + details { margin-top: -8px; } summary { cursor: pointer; }
sub { font-size: 75%; vertical-align: baseline; color: var(--muted); }
`;
