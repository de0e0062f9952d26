/** Below a width of its box each row of the table becomes a block of labelled values. */
function stacked(name: string, width: number): string {
  return `
@container(max-width:${width}px){
.${name} table,.${name} thead,.${name} tbody,.${name} tr,.${name} th,.${name} td,.${name} caption{display:block}
.${name} thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.${name} tbody tr{border-top:1px solid var(--line);padding:14px 0}
.${name} tbody tr:first-child{border-top:0;padding-top:4px}
.${name} tbody th,.${name} tbody td{border:0;padding:0;text-align:left;width:auto}
.${name} tbody th{margin-bottom:6px;font-weight:600}
.${name} tbody td{display:grid;grid-template-columns:minmax(7rem,38%) minmax(0,1fr);gap:0 12px;padding:2px 0}
.${name} tbody td::before{content:attr(data-label);color:var(--muted);font-size:.875rem}
.${name} td.number .interval,.${name} td.number .gain{display:inline;white-space:normal}
.${name} tbody td.bar{grid-template-columns:minmax(0,1fr)}
.${name} tbody td.bar::before{content:none}
.${name} tbody td.plot,.${name} tbody td.bar{max-width:none;padding:4px 0;align-items:center}
}
@container(min-width:480px) and (max-width:${width}px){
.${name} tbody tr{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 32px;align-content:start}
.${name} tbody tr>th,.${name} tbody tr>.bar{grid-column:1/-1}
}
`;
}

/** Tables, wide and stacked, and the confusion matrix. */
export const tableStyle = `
.stack-early,.stack,.stack-late{container-type:inline-size}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
caption{text-align:left;font-size:.875rem;padding-bottom:8px}
th,td{padding:10px 14px 10px 0;text-align:left;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
tr>:last-child{padding-right:0}
:where(td.number)+td.text,:where(th.number)+th.text{padding-left:14px}
.compact th,.compact td{padding-top:5px;padding-bottom:5px}
thead th{overflow-wrap:normal;border-top:0;padding-top:0;padding-bottom:8px;font-size:.8125rem;line-height:1.35;font-weight:600;color:var(--muted);vertical-align:bottom}
tbody th{font-weight:550}
tbody th{min-width:7rem}
td.text{min-width:6.5rem}
th.number,td.number{text-align:right}
td.number{overflow-wrap:break-word}
th.plot,td.plot{width:24%;min-width:170px;max-width:240px;padding-left:10px}
td.plot{vertical-align:middle}
th.bar,td.bar{width:50%;padding-left:10px;vertical-align:middle}
td.number .interval,td.number .gain{display:block;font-size:.8125rem;line-height:1.4;white-space:nowrap}
td.number .interval.reason{white-space:normal;max-width:26ch;margin-left:auto}
td.number b{white-space:nowrap}
td.number .beside-value{display:inline;white-space:nowrap}
.quiet th,.quiet td{color:var(--muted)}
.quiet b{font-weight:400}
.quiet .mark{opacity:.55}
.gate-declared{display:block;font-weight:600}
.gate-slice{display:block;font-size:.875rem;font-weight:500}
.gate-message{display:block;font-size:.875rem;line-height:1.45;font-weight:400;color:var(--muted);max-width:52ch}
.badge{display:inline-flex;align-items:center;gap:6px;font-weight:650;color:var(--strong,var(--muted));white-space:nowrap}
.inconclusive{--strong:var(--warn)}
.not-applicable{--strong:var(--muted)}
.gain.better{color:var(--pass)}
.gain.worse{color:var(--fail)}
.gain{color:var(--muted);font-weight:550}
.scale{display:flex;justify-content:space-between;font-weight:400;max-width:220px}
.examples{font-size:.875rem}
.examples code{white-space:pre-wrap;background:var(--ground);border-radius:4px;padding:1px 3px}
.examples li+li{margin-top:3px}

${stacked('stack-early', 860)}${stacked('stack', 640)}${stacked('stack-late', 380)}
.scroll{position:relative;overflow-x:auto;max-width:100%}
.table-box.scroll :is(th,td),.table-box.scroll td div{overflow-wrap:normal;word-break:normal}
.table-box.scroll :is(td,td div,.tag){white-space:nowrap}
.confusion{width:100%;max-width:900px;border-collapse:separate;border-spacing:3px;overflow-wrap:normal}
.confusion th,.confusion td{border:0;border-radius:6px;padding:9px 8px;text-align:center}
.confusion thead th{font-weight:600;color:var(--ink);vertical-align:bottom;max-width:9em;overflow-wrap:break-word}
.confusion tbody th{text-align:left;min-width:6.5em;max-width:12em;overflow-wrap:break-word;padding-left:0}
.confusion tbody th,.confusion .corner{position:sticky;left:0;background:var(--surface);border-radius:0}
.confusion .corner{font-size:.75rem;color:var(--muted);text-align:left;vertical-align:bottom;padding-left:0}
.confusion tbody td{min-width:70px;background:color-mix(in srgb,var(--heat) calc(var(--step)*6%),var(--surface));box-shadow:inset 0 0 0 1px var(--line)}
.confusion td.right{--heat:var(--heat-right)}
.confusion td.wrong{--heat:var(--heat-wrong)}
.confusion td b{display:block;font-size:1.0625rem}
.confusion td .share{font-size:.8125rem}
.confusion td.right b{text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:2px}
${Array.from({ length: 11 }, (_, step) => `.heat-${step}{--step:${step}}`).join('\n')}
p+.table-box{margin-top:18px}
:is(section,.details-body)>:is(.scroll+.table-box,.table-box+.table-box){margin-top:28px}
`;
