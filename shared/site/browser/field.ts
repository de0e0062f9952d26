import type { Value } from '../../dataset/table/table.ts';
import { parseIsoDate } from '../../dataset/values/iso-date.ts';
import { numberOfText } from '../../dataset/values/number-text.ts';
import { typedNumber } from '../../text/number-format.ts';
import { choiceOfNone, choiceOfOther, type FieldData } from '../data.ts';
import { byId } from './elements.ts';

/** A feature's field of the form. */
export interface Field {
  readonly data: FieldData;
  /** What a record holds for it: null when it is empty, undefined when the browser could not make it out. */
  read(): unknown;
  write(value: Value): void;
  /** Shows what is wrong with it, or what is unusual. */
  mark(problem: string | undefined, warning: string | undefined): void;
  focus(): void;
}

function input(id: string): HTMLInputElement {
  const found = byId(id);
  if (!(found instanceof HTMLInputElement)) throw new Error(`${id} is not an input`);
  return found;
}

function choice(id: string): HTMLSelectElement {
  const found = byId(id);
  if (!(found instanceof HTMLSelectElement)) throw new Error(`${id} is not a list to choose from`);
  return found;
}

type Control = Pick<Field, 'read' | 'write' | 'focus'>;

/** The field of a feature, by its place. @param changed called after every change that a person makes. */
export function fieldOf(data: FieldData, index: number, changed: () => void): Field {
  const id = `field-${index}`;
  const box = byId(`${id}-box`);
  const control = controlOf(data, id, changed);
  const main = byId(id);
  const message = byId(`${id}-message`);
  return {
    data,
    ...control,
    mark(problem, warning) {
      box.classList.toggle('has-problem', problem !== undefined);
      box.classList.toggle('has-warning', problem === undefined && warning !== undefined);
      // What is wrong must be seen.
      if (problem !== undefined) box.closest('details')?.setAttribute('open', '');
      const text = problem ?? warning ?? '';
      if (message.textContent !== text) message.textContent = text;
      if (problem === undefined) main.removeAttribute('aria-invalid');
      else main.setAttribute('aria-invalid', 'true');
    },
  };
}

function controlOf(data: FieldData, id: string, changed: () => void): Control {
  switch (data.control) {
    case 'number':
      return numberControl(data, id, changed);
    case 'boolean':
      return booleanControl(id, changed);
    case 'choice':
      return choiceControl(data, id, changed);
    case 'text':
      return textControl(id, changed);
    default:
      return dateControl(data.control === 'date' ? 10 : 19, id, changed);
  }
}

function numberControl({ span, step = 1 }: FieldData, id: string, changed: () => void): Control {
  const text = input(id);
  const slider = span ? input(`${id}-slider`) : undefined;
  const read = (): unknown => {
    const written = text.value.trim();
    if (written === '') return null;
    const number = numberOfText(written);
    return Number.isFinite(number) ? number : text.value;
  };
  const follow = () => {
    const value = read();
    if (slider && typeof value === 'number') slider.value = String(value);
  };
  text.addEventListener('input', () => {
    follow();
    changed();
  });
  slider?.addEventListener('input', () => {
    text.value = typedNumber(roundedToStep(Number(slider.value), step, span));
    changed();
  });
  // A slider of any step moves by a hundredth at a key's press; this one moves by the feature's own step.
  slider?.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[
      event.key
    ];
    if (way === undefined) return;
    event.preventDefault();
    slider.value = String(roundedToStep(Number(slider.value) + way * step, step, span));
    text.value = typedNumber(roundedToStep(Number(slider.value), step, span));
    changed();
  });
  return {
    read,
    write(value) {
      text.value = typeof value === 'number' ? typedNumber(value) : value === null ? '' : String(value);
      follow();
    },
    focus: () => text.focus(),
  };
}

/** A number in whole steps, within the span, without the noise of binary fractions. */
export function roundedToStep(value: number, step: number, span: FieldData['span']): number {
  const near = Number((Math.round(value / step) * step).toPrecision(12));
  return span ? Math.min(span[1], Math.max(span[0], near)) : near;
}

function booleanControl(id: string, changed: () => void): Control {
  const list = choice(id);
  list.addEventListener('change', changed);
  return {
    read: () => (list.value === choiceOfNone ? null : list.value === 'true'),
    write(value) {
      list.value = value === null ? choiceOfNone : String(value);
    },
    focus: () => list.focus(),
  };
}

function choiceControl({ column }: FieldData, id: string, changed: () => void): Control {
  const categories = column.categories ?? [];
  const list = choice(id);
  const other = input(`${id}-other`);
  const reveal = () => {
    other.hidden = list.value !== choiceOfOther;
  };
  list.addEventListener('change', () => {
    reveal();
    changed();
  });
  other.addEventListener('input', changed);
  return {
    read() {
      if (list.value === choiceOfNone) return null;
      if (list.value === choiceOfOther) return other.value === '' ? null : other.value;
      return categories[Number(list.value)];
    },
    write(value) {
      const place = typeof value === 'string' ? categories.indexOf(value) : -1;
      list.value = value === null ? choiceOfNone : place < 0 ? choiceOfOther : String(place);
      other.value = place < 0 && typeof value === 'string' ? value : '';
      reveal();
    },
    focus: () => (other.hidden ? list : other).focus(),
  };
}

function textControl(id: string, changed: () => void): Control {
  const text = input(id);
  text.addEventListener('input', changed);
  return {
    read: () => (text.value === '' ? null : text.value),
    write(value) {
      text.value = value === null ? '' : String(value);
    },
    focus: () => text.focus(),
  };
}

function dateControl(length: number, id: string, changed: () => void): Control {
  const date = input(id);
  date.addEventListener('input', changed);
  return {
    read() {
      if (date.value !== '') return parseIsoDate(date.value);
      return date.validity.badInput ? undefined : null;
    },
    write(value) {
      date.value = typeof value === 'number' ? new Date(value).toISOString().slice(0, length) : '';
    },
    focus: () => date.focus(),
  };
}
