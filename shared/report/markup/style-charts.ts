/** Drawings: signs of outcomes, marks in tables, charts. Strokes and fills come from the colour scheme. */
export const chartStyle = `
.icon{width:1.15em;height:1.15em;flex:none;fill:currentColor;stroke:none}
.icon .stroke{fill:none;stroke:var(--on-icon);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.icon .hollow{fill:none;stroke:currentColor;stroke-width:2}
.counts .icon{color:var(--muted)}
.badge .icon,h1 .icon{color:var(--strong)}
svg{display:block;overflow:visible}
.mark,svg.bar,.strip,.chart{width:100%;height:auto}
.mark{max-width:220px}
.key{display:inline-block;height:.8em;width:auto;vertical-align:-.05em}
.rail{stroke:var(--rail);stroke-width:1;stroke-dasharray:1 3}
.reference{stroke:var(--muted);stroke-width:1}
.span{stroke:var(--model);stroke-width:3;opacity:.55}
.cap{stroke:var(--model);stroke-width:2}
.arrow{fill:var(--model)}
.point{fill:var(--model);stroke:var(--surface);stroke-width:1.5}
svg .champion{fill:none;stroke:var(--champion);stroke-width:2}
svg .baseline{fill:var(--surface);stroke:var(--other);stroke-width:1.75}
.curve{fill:none;stroke:var(--model);stroke-width:2.5}
svg .curve.champion{stroke:var(--champion);stroke-dasharray:6 3}
.ring{fill:var(--surface);stroke:var(--ink);stroke-width:2}
.zone{fill:var(--zone)}
.bound{stroke:var(--ink);stroke-width:2}
.bound-label{fill:var(--muted);font-size:10.5px}
svg.bar .fill{fill:var(--model);opacity:.8}
svg.bar .negative{fill:var(--other)}
.deviation{stroke:var(--ink);stroke-width:1.5}
.zero{stroke:var(--edge);stroke-width:1}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--muted);font-size:.8125rem;margin-top:12px}
.legend>span{display:inline-flex;align-items:center;gap:7px}
.legend b{color:var(--ink)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:28px 48px;align-items:start}
.figures+.figures,.legend+.figures,.table-box+.figures{margin-top:28px}
.figures h3{margin-top:0}
figure.square .chart{max-width:410px}
figcaption{font-size:.875rem;line-height:1.45;margin-top:8px}
.legend+p,.legend+figcaption,.learning+figcaption{margin-top:10px}
.learning{container-type:inline-size;margin-bottom:28px}
.learning .wide{max-width:920px}
.learning .narrow{display:none}
@container(max-width:560px){.learning .wide{display:none}.learning .narrow{display:block}}
.residuals .strip{max-width:420px;margin-bottom:12px}
.strip .band{fill:var(--model);opacity:.22}
.strip .median{stroke:var(--ink);stroke-width:2}
.strip text{fill:var(--muted);font-size:11px}
.slice-groups{display:grid;gap:8px}
.slice-group:first-child h3{margin-top:0}
.flow{display:flex;flex-wrap:wrap;gap:10px 0;align-items:stretch}
.flow li{padding:0 22px;border-left:1px solid var(--line);max-width:16em}
.flow li:first-child{padding-left:0;border-left:0}
.flow b{display:block;font-size:1.5rem;line-height:1.3;font-weight:680;letter-spacing:-.01em}
@media(max-width:560px){.flow li{padding:0 12px}.flow b{font-size:1.25rem}}
.flow span{font-size:.875rem;color:var(--muted)}
.flow .minus b{font-weight:450;color:var(--muted)}
.split-bar{margin-top:18px}
.split-bar svg{width:100%;height:10px}
.split-bar .train{fill:var(--model)}
.split-bar .validation{fill:var(--champion)}
.split-bar .test{fill:var(--pass)}
.splits{display:flex;flex-wrap:wrap;gap:8px 28px;margin-top:10px;font-size:.9375rem}
.splits li{padding-left:14px;border-left:4px solid}
.splits .train{border-color:var(--model)}
.splits .validation{border-color:var(--champion)}
.splits .test{border-color:var(--pass)}
`;
