import { recordParser } from '../../dataset/schema/record.ts';
import type { Row, Value } from '../../dataset/table/table.ts';
import { byCount } from '../../text/counts.ts';
import { shownTime } from '../../text/shown-time.ts';
import type { FieldData, PageData } from '../data.ts';
import { answerOf } from './answer.ts';
import { effectsOf, firstEffects, measuredWords } from './effects.ts';
import { byId, htmlElement } from './elements.ts';
import { type Field, fieldOf } from './field.ts';
import type { PageModel } from './model.ts';
import { doInPieces, type Piecework } from './piecework.ts';
import { problemWords, warningWords } from './words.ts';

/** Screen readers read the answer out after a pause of this many milliseconds. */
const pause = 600;

/** A form that says what is wrong with its fields, and what the model answers once there is one. */
export interface Form {
  answerBy(model: PageModel): void;
  /** Says that there will be no model. */
  giveUp(): void;
}

/** Fills the form with the typical row, and from then on follows what is in it. */
export function startForm(data: PageData): Form {
  const parse = recordParser(data.schema, { present: new Set(data.present) });
  const fields = data.fields.map((field, index) => fieldOf(field, index, update));
  const answer = byId('answer');
  const effects = byId('effects');
  const allEffects = byId('all-effects');
  const waiting = [...answer.childNodes];
  let model: PageModel | undefined;
  let drawAll = data.fields.length <= firstEffects;
  let drawing: Piecework | undefined;
  let speaking: ReturnType<typeof setTimeout> | undefined;

  /** A record of what is in the form. A name may be anything, __proto__ too. */
  function recordOf(): Record<string, unknown> {
    const record: Record<string, unknown> = Object.create(null);
    for (const { data: field, read } of fields) record[field.column.name] = read();
    return record;
  }

  /** Dates as people and the server write them. */
  function withDates(row: Row): Record<string, unknown> {
    const shown: Record<string, unknown> = Object.create(null);
    for (const [name, value] of Object.entries(row)) {
      const isDate = data.fields.some(({ column }) => column.name === name && column.type === 'date');
      shown[name] = isDate && typeof value === 'number' ? shownTime(new Date(value).toISOString()) : value;
    }
    return shown;
  }

  function update(): void {
    const record = recordOf();
    const { row, problems, warnings } = parse(record, 0);
    for (const { data: field, mark } of fields) {
      const { column } = field;
      const problem = problems.find((one) => one.field === column.name);
      const warning = warnings.find((one) => one.field === column.name);
      mark(problem && problemWords(problem, column), warning && warningWords(warning, column));
    }
    byId('record').textContent = JSON.stringify(row ? withDates(row) : record, null, 2);
    const wrong = fields.filter(({ data: field }) => problems.some((one) => one.field === field.column.name));
    if (!row) showProblems(wrong);
    else if (model) showAnswer(row, model);
    else showWaiting();
  }

  function showWaiting(): void {
    answer.className = '';
    answer.replaceChildren(...waiting);
  }

  function showAnswer(row: Row, model: PageModel): void {
    const prediction = model.predict(row);
    const { contents, sentence } = answerOf(prediction, data);
    answer.className = '';
    answer.replaceChildren(...contents);
    say(sentence);
    drawing?.cancel();
    effects.setAttribute('aria-busy', 'true');
    drawing = doInPieces(
      effectsOf(model, data, { row, prediction, all: drawAll }, take),
      (figures) => {
        effects.removeAttribute('aria-busy');
        effects.classList.remove('outdated');
        effects.replaceChildren(...figures);
        byId('effects-measured').textContent = measuredWords(prediction, data);
      },
      () => effects.classList.add('outdated'),
    );
  }

  /** Takes a value from a chart. */
  function take(field: FieldData, value: Value): void {
    fields.find((one) => one.data === field)?.write(value);
    update();
  }

  function showProblems(wrong: readonly Field[]): void {
    drawing?.cancel();
    effects.removeAttribute('aria-busy');
    const count = byCount(wrong.length, 'One field needs', `${wrong.length} fields need`);
    const link = htmlElement('button', { type: 'button', class: 'button' }, 'Go to it');
    link.addEventListener('click', () => wrong[0]?.focus());
    answer.className = 'no-answer';
    answer.replaceChildren(htmlElement('p', {}, `${count} another value before there is an answer.`), link);
    effects.classList.add('outdated');
    say(`No answer: ${count} another value.`);
  }

  function say(sentence: string): void {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      byId('announcement').textContent = sentence;
    }, pause);
  }

  function reset(): void {
    for (const field of fields) field.write(field.data.typical);
    update();
  }

  byId('features').addEventListener('submit', (event) => event.preventDefault());
  byId('features').addEventListener('reset', (event) => {
    event.preventDefault();
    reset();
  });
  allEffects.textContent = `Show all ${data.fields.length} features`;
  allEffects.hidden = drawAll;
  allEffects.addEventListener('click', () => {
    drawAll = true;
    allEffects.hidden = true;
    update();
  });
  reset();
  return {
    answerBy(arrived) {
      model = arrived;
      update();
    },
    giveUp() {
      const words = 'The model did not arrive whole, so there is no answer. Load the page again.';
      waiting.splice(0, waiting.length, htmlElement('p', { class: 'no-model' }, words));
      update();
      say(words);
    },
  };
}
