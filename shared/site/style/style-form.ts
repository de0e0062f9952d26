/** The form: two columns where there is room. */
export const formStyle = `
.predict{display:grid;grid-template-columns:minmax(0,1fr) minmax(300px,380px);gap:0 20px;align-items:start}
.predict .inputs{grid-column:1;grid-row:1}
.predict .answer{grid-column:2;grid-row:1}
.inputs{container-type:inline-size}
.fields{display:grid;grid-template-columns:minmax(0,1fr);gap:20px 32px}
@container(min-width:520px){.fields{grid-template-columns:repeat(2,minmax(0,1fr))}}
.field label{display:block;font-weight:600;margin-bottom:5px}
.field label .unit{font-weight:400;color:var(--muted);font-size:.875rem}
.field input:not([type=range]),.field select{font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--edge);border-radius:8px;padding:7px 11px;width:100%;min-width:0;height:42px}
.field input:hover,.field select:hover{border-color:var(--muted)}
.field .other{margin-top:8px}
.number-control{display:grid;grid-template-columns:minmax(0,9rem) minmax(0,1fr);gap:14px;align-items:center}
.field .number-control input:not(.slider){padding:7px 9px}
.slider{width:100%;margin:0;height:24px;accent-color:var(--model);background:none}
.hint{color:var(--muted);font-size:.8125rem;line-height:1.4;margin-top:5px}
.message{font-size:.875rem;line-height:1.4;margin-top:5px;font-weight:550}
.message:empty{display:none}
.has-problem .message{color:var(--fail)}
.has-warning .message{color:var(--warn)}
.field.has-problem input:not([type=range]),.field.has-problem select{border-color:var(--fail);box-shadow:0 0 0 1px var(--fail)}
.field.has-warning input:not([type=range]){border-color:var(--warn)}
.form-end{margin-top:24px}
.inputs details{margin-top:24px}
.more-fields[open] summary{margin-bottom:20px}
#record{max-height:320px;overflow:auto;font-size:.8125rem}
@media(max-width:820px){
.predict{grid-template-columns:minmax(0,1fr)}
.predict .inputs,.predict .answer{grid-column:1;grid-row:auto}
}
`;
