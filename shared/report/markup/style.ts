import { chartStyle } from './style-charts.ts';
import { colorStyle } from './style-colors.ts';
import { tableStyle } from './style-tables.ts';

const layout = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--link)}
b{font-weight:650}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.page{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
.visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:16px;z-index:1;background:var(--surface);padding:8px 16px}
main:focus{outline:none}
section{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:28px 32px 32px;margin-top:20px;scroll-margin-top:16px}
h2{font-size:1.375rem;line-height:1.25;font-weight:680;letter-spacing:-.01em}
h3{font-size:1.0625rem;line-height:1.3;font-weight:650;margin:28px 0 10px}
h3 .badge{margin-left:8px;font-size:.875rem}
.lead{color:var(--muted);max-width:72ch;margin-top:6px}
.lead b,.lead code{color:var(--ink)}
section>.lead+*,section>h2+*:not(.lead),.details-body>.lead+*{margin-top:20px}
.note,.sub,.faint,.interval,caption,figcaption{color:var(--muted)}
.note{font-size:.875rem;margin-top:10px}
.sub{display:block;font-size:.8125rem;line-height:1.4;font-weight:400}
.sub.inline{display:inline}
.undefined{color:var(--muted);font-style:italic;font-weight:400}
.tag{display:inline-block;border:1px solid var(--edge);border-radius:99px;padding:0 8px;font-size:.75rem;font-weight:500;color:var(--muted);white-space:nowrap}

.verdict{border-radius:18px;padding:36px 40px;display:grid;grid-template-columns:minmax(0,1.15fr) minmax(0,1fr);gap:24px 56px;background:var(--tint);border:1px solid var(--tint-edge)}
.verdict .kicker{font-weight:550}
h1{display:flex;align-items:center;gap:16px;font-size:clamp(2.5rem,1.6rem + 4vw,3.75rem);line-height:1.05;letter-spacing:-.03em;font-weight:750;color:var(--strong);margin:10px 0 16px}
h1 .icon{width:.92em;height:.92em;flex:none}
.headline{font-size:1.1875rem;line-height:1.45;max-width:34em}
.remark{font-size:.9375rem;line-height:1.45;max-width:44em;margin-top:6px}
.doubt{margin-top:14px;font-size:.9375rem;max-width:48em}
.doubt .icon,.headline .icon{display:inline-block;vertical-align:-.2em}
.counts{margin-top:20px;display:flex;flex-wrap:wrap;gap:6px 20px;font-size:.9375rem}
.counts li{display:flex;align-items:center;gap:7px}
.verdict-word{align-self:center}
.primary{align-self:center;background:var(--surface);border:1px solid var(--tint-edge);border-radius:14px;padding:22px 24px}
.primary-name{font-size:.9375rem;font-weight:600;letter-spacing:0;line-height:1.4}
.primary-name span{display:block;font-size:.875rem;font-weight:400;color:var(--muted)}
.primary-value{font-size:3rem;line-height:1.15;font-weight:700;letter-spacing:-.02em;margin-top:6px}
.primary-value.long{font-size:2.25rem}
.primary-value.longer{font-size:1.75rem}
.primary-value .unit{margin-left:10px;font-size:1.25rem;font-weight:500;letter-spacing:0;color:var(--muted)}
.primary-interval{color:var(--muted);font-size:.9375rem}
.primary-undefined{font-size:1.25rem;margin-top:8px}
.primary .mark{max-width:330px;margin:12px 0 4px}
.beside{margin-top:10px;border-top:1px solid var(--line);font-size:.9375rem}
.beside>div{display:flex;flex-wrap:wrap;gap:0 16px;padding-top:8px}
.beside .gain,.beside .whole{flex-basis:100%}
.beside dt{flex:1 1 0;min-width:min-content;overflow-wrap:normal;color:var(--muted)}
.beside .key{margin-right:6px}


nav{margin:20px 0 0}
nav ul{display:flex;flex-wrap:wrap;gap:6px}
nav a{display:block;padding:5px 11px;border:1px solid var(--line);border-radius:99px;background:var(--surface);color:var(--ink);font-size:.8125rem;text-decoration:none}
nav a:hover{border-color:var(--link);color:var(--link)}

.facts>div,.glossary>div{display:grid;grid-template-columns:minmax(9rem,14rem) minmax(0,1fr);gap:0 20px;padding:9px 0;border-top:1px solid var(--line)}
.facts>div:first-child,.glossary>div:first-child{border-top:0}
.facts dt,.glossary dd{color:var(--muted)}
.glossary dd{color:var(--ink)}
.digest{word-break:break-all;font-size:.8125rem}
pre{background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:12px 16px;white-space:pre-wrap}
section.folded{padding-top:22px;padding-bottom:22px}
section.folded>details{margin:0;border:0;padding:0}
section.folded>details>summary>h2{display:inline}
section.folded>details>.details-body{padding-top:18px;scroll-margin-top:84px}
details{margin-top:14px;border-top:1px solid var(--line);padding-top:12px}
h2+details{border-top:0;padding-top:0}
summary{cursor:pointer;font-weight:600;padding:2px 0}
.details-body{padding-top:12px}
.warnings{margin-bottom:18px}
.warnings li{border-left:4px solid var(--warn);padding:4px 14px;margin-top:6px}
.on-paper{display:none}
footer{margin-top:28px;text-align:center;color:var(--muted);font-size:.8125rem}

.verdict:not(:has(.primary)){grid-template-columns:minmax(0,1fr)}
.verdict:not(:has(.primary)) :is(.headline,.remark){max-width:60em}
@media(max-width:820px){.verdict{grid-template-columns:minmax(0,1fr);padding:28px}}
@media(max-width:560px){
.page{padding:12px 12px 40px}
section{padding:22px 16px 24px;margin-top:12px;border-radius:12px}
.verdict{padding:24px 16px 16px;border-radius:14px;gap:20px}
.primary{padding:18px 16px}
.headline{font-size:1.0625rem}
.facts>div,.glossary>div{grid-template-columns:minmax(0,1fr)}
}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{
body{background:none;font-size:11pt}
.page{max-width:none;padding:0}
section.folded:not(:has(>details[open])),details:not([open]){display:none}
.on-paper{display:block}
body{line-height:1.4}
.verdict{padding:14px 18px;border-radius:10px}
nav,.skip,footer{display:none}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:18px 0}
tr,figure,.slice-group,.verdict,.lead{break-inside:avoid}
h2,h3,caption,.lead,thead{break-after:avoid}
tbody tr:is(:first-child,:last-child),.legend,.on-paper{break-before:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;

/** The style sheet of a report: light and dark, wide and narrow, screen and paper. */
export const reportStyle = [colorStyle, layout, tableStyle, chartStyle].join('').replaceAll('\n', '').trim();
