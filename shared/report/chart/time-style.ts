/** Distributions, lines over time, heat strips, in the colours of the page. */
export const timeStyle = `
.distribution{width:100%;max-width:220px;height:auto}
.histogram{display:block;max-width:220px;font-size:.75rem;line-height:1.35;color:var(--muted)}
.histogram .axis{display:flex;justify-content:space-between;gap:8px;margin-top:2px}
.histogram .axis span+span{text-align:right}
.direction{display:block;font-size:.875rem;line-height:1.4;font-weight:600;margin-top:2px}
.distribution .before,.key .before{fill:var(--rail)}
.distribution .now,.key .now{fill:var(--model)}
.chart.time text{fill:var(--muted);font-size:12px}
.time .grid{stroke:var(--line);stroke-width:1}
.time .line{fill:none;stroke-width:2}
.time .whisker{fill:none;stroke-width:5;opacity:.28}
.time .reference{stroke-dasharray:3 3}
.time .main .line,.time .main .whisker{stroke:var(--model)}
.time .main .line{stroke-width:3}
.time .main .dot{fill:var(--model)}
.time .second .line,.time .second .whisker{stroke:var(--champion)}
.time .second .line{stroke-dasharray:7 3}
.time .second .dot{fill:var(--surface);stroke:var(--champion);stroke-width:2}
.time .third .line,.time .third .whisker{stroke:var(--other-2)}
.time .third .line{stroke-dasharray:2 3}
.time .third .dot{fill:var(--other-2)}
.time .fourth .line,.time .fourth .whisker{stroke:var(--other-3)}
.time .fourth .line{stroke-dasharray:12 4}
.time .fourth .dot{fill:var(--surface);stroke:var(--other-3);stroke-width:2}
.event{stroke:var(--edge);stroke-width:1.5;stroke-dasharray:2 3}
.event-sign{fill:var(--surface);stroke:var(--ink);stroke-width:1.5}
.event-sign.filled{fill:var(--ink)}
.heat{width:100%;border-collapse:separate;border-spacing:2px;overflow-wrap:normal}
.heat th,.heat td{border:0;padding:3px 4px;text-align:center}
.heat tbody th{text-align:left;width:9em;min-width:7em;max-width:14em;position:sticky;left:0;background:var(--surface);overflow-wrap:anywhere}
.heat td{min-width:26px;border-radius:4px;background:color-mix(in srgb,var(--heat) calc(var(--step)*6%),var(--surface));box-shadow:inset 0 0 0 1px var(--line);--heat:var(--heat-right)}
.heat td.drifted{--heat:var(--heat-wrong);font-weight:700}
.heat thead th{font-weight:500;font-size:.75rem;vertical-align:bottom}
.heat thead span{writing-mode:vertical-rl}
.verdict.not-applicable{--tint:var(--surface);--tint-edge:var(--edge)}
.verdict.drift h1{font-size:clamp(2rem,1.4rem + 3vw,3rem)}
.events li{padding:5px 0 5px 14px;border-left:3px solid var(--edge);margin-top:6px}
.reasons li{padding-left:16px;text-indent:-16px;margin-top:4px}
.reasons li::before{content:"–";display:inline-block;width:16px;text-indent:0}
@media(min-width:760px){.columns-table tbody th{min-width:9.5em}.columns-table td.text{min-width:8.2em}.columns-table td.number{min-width:8em}}
@container(min-width:641px){.columns-table td.plot{width:20%;min-width:120px}}
.statistics{display:flex;flex-wrap:wrap;gap:4px 22px;margin:12px 0;font-size:.875rem}
.column h3{margin-top:18px}
`;
