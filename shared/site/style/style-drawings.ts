/** The charts of features and of versions. */
export const drawingStyle = `
.effects{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));gap:30px 36px}
.effects.outdated{opacity:.45}
.effect h3{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;margin:0 0 6px;font-size:1rem}
.effect .now{font-weight:400;color:var(--muted)}
.effect figcaption{font-size:.8125rem;color:var(--muted);margin-top:4px}
.chart.curve{cursor:crosshair;stroke:none}
.chart text{font-size:12px;fill:var(--ink)}
.chart .axis{fill:var(--muted)}
.grid{stroke:var(--line);stroke-width:1}
.curve-line{fill:none;stroke:var(--model);stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.here-line{stroke:var(--edge);stroke-width:1;stroke-dasharray:3 3}
.unseen{fill:var(--warn-tint)}
.chart .point{stroke-width:2}
.bars .row{cursor:pointer}
.row-ground{fill:transparent}
.row:hover .row-ground{fill:var(--ground)}
.difference{fill:var(--model);opacity:.3}
.bars .point{fill:var(--surface);stroke:var(--model);stroke-width:2}
.bars .own .point{fill:var(--model);stroke:var(--surface)}
.bars .own text{font-weight:650;fill:var(--ink)}
.history{container-type:inline-size}
.history .narrow{display:none}
@container(max-width:620px){.history .wide{display:none}.history .narrow{display:block}}
.history-line{fill:none;stroke:var(--edge);stroke-width:1.5}
.measured .point{fill:var(--surface);stroke:var(--model);stroke-width:2}
.measured.live .point{fill:var(--model);stroke:var(--surface)}
.chart .version.live{font-weight:700}
`;
