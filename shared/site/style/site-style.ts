// The style sheet of the site: that of the reports, and what only the site has.
import { timeStyle } from '../../report/chart/time-style.ts';
import { reportStyle } from '../../report/markup/style.ts';
import { answerStyle } from './style-answer.ts';
import { drawingStyle } from './style-drawings.ts';
import { formStyle } from './style-form.ts';

const layout = `
.masthead .above{font-size:.875rem;margin-bottom:10px}
.name-line{display:flex;flex-wrap:wrap;align-items:center;gap:6px 16px}
.masthead h1{display:block;font-size:clamp(2rem,1.5rem + 2.4vw,2.75rem);line-height:1.15;color:var(--ink);margin:0}
.live-tag{display:inline-flex;align-items:center;gap:8px;padding:3px 12px;border-radius:99px;border:1px solid var(--pass-edge);background:var(--pass-tint);color:var(--pass);font-size:.875rem;font-weight:600;white-space:nowrap}
.live-tag .dot{width:8px;height:8px;border-radius:50%;background:currentColor}
.purpose{color:var(--muted);font-size:1.0625rem;max-width:62ch;margin-top:8px}
.masthead nav{margin-top:18px}
nav a[aria-current]{background:var(--ink);border-color:var(--ink);color:var(--surface);font-weight:600}
nav a[aria-current]:hover{color:var(--surface)}
.prose>*+*{margin-top:14px}
.prose>p{max-width:72ch}
.prose code{overflow-wrap:anywhere}
.prose td{overflow-wrap:break-word}
.plain-list{list-style:disc;padding-left:1.2em;max-width:72ch}
.plain-list li+li{margin-top:6px}
.tag.live{border-color:var(--pass-edge);background:var(--pass-tint);color:var(--pass);font-weight:600}
.button{font:inherit;font-size:.875rem;font-weight:550;color:var(--ink);background:var(--surface);border:1px solid var(--edge);border-radius:99px;padding:7px 16px;cursor:pointer}
.button:hover{border-color:var(--link);color:var(--link)}
[hidden]{display:none!important}
.models{display:grid;gap:16px;margin-top:24px}
.model{margin-top:0}
.model h2{font-size:1.5rem}
.model h2 a{text-decoration:none}
.model h2 a:hover{text-decoration:underline}
.model .model-facts{display:flex;flex-wrap:wrap;gap:14px 48px;margin-top:18px;border-top:1px solid var(--line);padding-top:16px}
.model-facts dt{color:var(--muted);font-size:.8125rem}
.model-facts dd{font-size:1.125rem;font-weight:600}
.model-facts .sub{font-weight:400}
@media print{.button{display:none}.answer{position:static;box-shadow:none;padding:0}}
`;

/** The style sheet of every page: the reports' own, with what only the site has. */
export const siteStyle = `${reportStyle}${[timeStyle, layout, formStyle, answerStyle, drawingStyle].join('').replaceAll('\n', '').trim()}`;
