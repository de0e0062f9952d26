import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
import { dataText, html, type Markup } from '../../report/markup/html.ts';
import { columnNumber } from '../../text/column-number.ts';
import { counted } from '../../text/counts.ts';
import { typedNumber } from '../../text/number-format.ts';
import { choiceOfNone, choiceOfOther, type FieldData } from '../data.ts';

/** Suggestions of a text field: more would only make the page larger. */
const mostSuggestions = 500;

/** Fields that are there at once, the most important ones; the others are folded. */
const firstFields = 10;

/** The form, one field for each feature, the most important first, filled in with the typical row. Texts are checked by the page's script. */
export function formMarkup(fields: readonly FieldData[]): Markup {
  // A fold around one or two fields would only hide them.
  const shown = fields.length <= firstFields + 2 ? fields.length : firstFields;
  const folded = fields.slice(shown);
  return html`<form id="features" autocomplete="off" novalidate>
<div class="fields">${fields.slice(0, shown).map(fieldMarkup)}</div>
${
  folded.length === 0
    ? ''
    : html`<details class="more-fields"><summary>${counted(folded.length, 'less important feature')}</summary>
<div class="fields">${folded.map((field, i) => fieldMarkup(field, shown + i))}</div>
</details>
`
}<div class="form-end"><button type="reset" class="button">Back to the typical row</button></div>
</form>`;
}

function fieldMarkup(field: FieldData, index: number): Markup {
  const { column } = field;
  const id = `field-${index}`;
  return html`<div class="field" id="${id}-box">
<label for="${id}">${dataText(column.name)}${column.unit ? html` <span class="unit">${dataText(column.unit, 20)}</span>` : ''}</label>
${controlMarkup(field, id)}
<p class="hint" id="${id}-hint">${hintOf(field)}</p>
<p class="message" id="${id}-message"></p>
</div>
`;
}

function controlMarkup(field: FieldData, id: string): Markup {
  const { column, typical } = field;
  const described = html` aria-describedby="${id}-message ${id}-hint"`;
  switch (field.control) {
    case 'number':
      return html`<div class="number-control"><input id="${id}" type="text" inputmode="decimal" value="${inputText(typical)}"${described}>${sliderMarkup(field, id)}</div>`;
    case 'date':
      return html`<input id="${id}" type="date" value="${dateText(typical, 10)}"${described}>`;
    case 'time':
      return html`<input id="${id}" type="datetime-local" step="1" value="${dateText(typical, 19)}"${described}>`;
    case 'boolean':
      return html`<select id="${id}"${described}>${option('true', 'true', typical === true)}${option('false', 'false', typical === false)}${noneOption(column, typical)}</select>`;
    case 'choice':
      return choiceMarkup(column, typical, id, described);
    case 'text':
      return html`<input id="${id}" type="text" list="${id}-list" value="${inputText(typical)}"${described}>
<datalist id="${id}-list">${(column.categories ?? []).slice(0, mostSuggestions).map((category) => html`<option value="${category}"></option>`)}</datalist>`;
  }
}

function sliderMarkup({ column, span, typical, step }: FieldData, id: string): Markup | undefined {
  if (!span) return undefined;
  return html`<input id="${id}-slider" class="slider" type="range" min="${span[0]}" max="${span[1]}" step="any" data-step="${step}" value="${inputText(typical)}" aria-label="${column.name}, slider">`;
}

function option(value: string | number, label: string | Markup, selected: boolean): Markup {
  return html`<option value="${value}"${selected ? html` selected` : ''}>${label}</option>`;
}

function noneOption({ nullable }: ColumnSchema, typical: Value): Markup | undefined {
  return nullable || typical === null ? option(choiceOfNone, 'missing', typical === null) : undefined;
}

function choiceMarkup(column: ColumnSchema, typical: Value, id: string, described: Markup): Markup {
  const categories = column.categories ?? [];
  return html`<select id="${id}"${described}>${categories.map((category, place) => option(place, category === '' ? '(empty)' : category, category === typical))}${noneOption(
    column,
    typical,
  )}${option(choiceOfOther, 'another value…', false)}</select>
<input id="${id}-other" class="other" type="text" aria-label="${column.name}, another value" hidden>`;
}

/** A value as people write it into a field. */
function inputText(value: Value): string {
  return typeof value === 'number' ? typedNumber(value) : value === null ? '' : String(value);
}

/** The first so many characters of the date in UTC: a day, or a time to the second. */
function dateText(value: Value, length: number): string {
  return typeof value === 'number' ? new Date(value).toISOString().slice(0, length) : '';
}

function hintOf({ column }: FieldData): Markup {
  const parts = [
    column.description === undefined ? undefined : dataText(column.description, 200),
    column.seen &&
      html`typical in training: ${shownValue(column, column.seen[0])} to ${shownValue(column, column.seen[1])}`,
    column.type === 'category' &&
      html`${counted(column.categories?.length ?? 0, 'category', 'categories')} in training`,
    column.type === 'date' && 'UTC',
  ].filter((part) => part !== undefined && part !== false);
  return html`${parts.map((part, i) => html`${i === 0 ? '' : ' · '}${part}`)}`;
}

function shownValue(column: ColumnSchema, value: number): string {
  return column.type === 'date'
    ? dateText(value, 10)
    : columnNumber(value, { among: column.seen ?? [], unit: column.unit });
}
