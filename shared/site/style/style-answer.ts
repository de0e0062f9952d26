/** The answer: stays in sight beside the form, and above it on a phone. */
export const answerStyle = `
.answer{position:sticky;top:16px;background:var(--surface)}
.answer .answer-title{font-size:.9375rem;font-weight:600;letter-spacing:0}
section.answer>.answer-sub{font-size:.875rem;color:var(--muted);margin-top:2px}
section.answer>#answer{margin-top:10px}
@media(scripting:none){.loading{display:none}}
.answer-value{font-size:3.25rem;line-height:1.1;font-weight:720;letter-spacing:-.025em}
.answer-value.long{font-size:2.25rem}
.answer-value.longer{font-size:1.75rem}
.answer-value .unit{margin-left:10px;font-size:1.25rem;font-weight:500;letter-spacing:0;color:var(--muted)}
.answer-range{color:var(--muted);margin-top:4px}
.answer-range b{color:var(--ink);font-weight:600}
.answer-strip{margin-top:16px}
.answer-strip figcaption{font-size:.8125rem;margin-top:0}
.strip .band{opacity:.2}
.strip .point{stroke-width:2}
.levels{margin-top:14px;border-top:1px solid var(--line);font-size:.9375rem}
.levels>div{display:flex;justify-content:space-between;gap:16px;padding:6px 0;border-bottom:1px solid var(--line)}
.levels dt{color:var(--muted)}
.answer-note,.answer-basis{font-size:.8125rem;line-height:1.45;color:var(--muted);margin-top:12px}
.no-answer p{font-size:1.0625rem;font-weight:550;margin-bottom:12px;color:var(--fail)}
.classes{margin-top:16px;display:grid;gap:10px}
.classes li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:3px 12px;font-size:.9375rem;color:var(--muted)}
.classes .chosen{color:var(--ink);font-weight:600}
.share-bar{grid-column:1/-1;width:100%;height:8px}
.share-bar .back{fill:var(--line)}
.share-bar .fill{fill:var(--other)}
.chosen .share-bar .fill{fill:var(--model)}
@media(max-width:820px){
.answer{top:0;z-index:2;padding:12px 16px 14px;box-shadow:0 6px 16px -10px rgb(0 0 0/.35)}
section.answer>#answer{margin-top:0}
section.answer>.answer-sub,.answer-basis,.answer-note,.levels,.answer-strip{display:none}
.answer-value:not(.longer){font-size:2.25rem}
.answer-value .unit{font-size:1rem;margin-left:7px}
.answer-range{font-size:.875rem;margin-top:0}
.classes{display:flex;flex-wrap:wrap;gap:0 16px;margin-top:2px}
.classes li{display:flex;gap:6px;font-size:.875rem}
.classes .chosen,.classes li:nth-child(n+5),.classes .share-bar{display:none}
.field :is(input,select),.inputs summary{scroll-margin-top:190px}
.no-answer p{margin-bottom:8px}
}
`;
