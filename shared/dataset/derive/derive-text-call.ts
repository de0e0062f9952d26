import { parseIsoDate } from '../values/iso-date.ts';
import { argumentsOf, type Call, numberArgument, textArgument } from './derive-arguments.ts';
import * as functions from './derive-functions.ts';
import { boundedText, longestText, type NumberTerm, type Term, type TextTerm } from './derive-values.ts';

/** A call of one of arquero's functions of texts; undefined when it is of another kind. */
export function textCall(call: Call): Term | undefined {
  const special = specialTextCalls.get(call.name);
  if (special) return special(call);
  const text = functions.textFunctions.get(call.name);
  const measure = functions.measureFunctions.get(call.name);
  const search = functions.searchFunctions.get(call.name);
  if (!text && !measure && !search) return undefined;
  const [first, second] = argumentsOf(call, search ? 2 : 1, search ? 2 : 1);
  const run = textArgument(call, first!);
  if (search) {
    const sought = textArgument(call, second!);
    const found: NumberTerm = (frame) => {
      const within = run(frame);
      const part = sought(frame);
      return within === null || part === null ? Number.NaN : search.run(within, part);
    };
    return { type: search.gives, run: found };
  }
  if (measure) {
    const measured: NumberTerm = (frame) => {
      const value = run(frame);
      return value === null ? Number.NaN : measure(value);
    };
    return { type: 'number', run: measured };
  }
  const changed: TextTerm = (frame) => {
    const value = run(frame);
    return value === null ? null : text!(value);
  };
  return { type: 'category', run: changed };
}

function substring(call: Call): Term {
  const [node, from, to] = argumentsOf(call, 2, 3);
  const text = textArgument(call, node!);
  const start = numberArgument(call, from!);
  const end = to ? numberArgument(call, to) : () => Number.POSITIVE_INFINITY;
  const run: TextTerm = (frame) => {
    const value = text(frame);
    const first = start(frame);
    const last = end(frame);
    return value === null || Number.isNaN(first) || Number.isNaN(last) ? null : value.substring(first, last);
  };
  return { type: 'category', run };
}

/** `replace(text, sought, by)`: the first place, as arquero has it; what is sought is a text, never a pattern. */
function replace(call: Call): Term {
  const [text, sought, by] = argumentsOf(call, 3, 3).map((node) => textArgument(call, node));
  const run: TextTerm = (frame) => {
    const value = text!(frame);
    const part = sought!(frame);
    const other = by!(frame);
    // A function, so that `$&` in the data stays what it is.
    return value === null || part === null || other === null
      ? null
      : boundedText(value.replace(part, () => other));
  };
  return { type: 'category', run };
}

/** `padstart(text, length, fill)`, `padend(…)`: fill is a space by default. */
function pad(call: Call): Term {
  const [node, size, fill] = argumentsOf(call, 2, 3);
  const text = textArgument(call, node!);
  const length = numberArgument(call, size!);
  const filling: TextTerm = fill ? textArgument(call, fill) : () => ' ';
  const run: TextTerm = (frame) => {
    const value = text(frame);
    const to = length(frame);
    const by = filling(frame);
    if (value === null || by === null || Number.isNaN(to) || to > longestText) return null;
    return call.name === 'padstart' ? value.padStart(to, by) : value.padEnd(to, by);
  };
  return { type: 'category', run };
}

/** `repeat(text, times)`; missing where the text would be too long. */
function repeat(call: Call): Term {
  const [node, count] = argumentsOf(call, 2, 2);
  const text = textArgument(call, node!);
  const times = numberArgument(call, count!);
  const run: TextTerm = (frame) => {
    const value = text(frame);
    const n = times(frame);
    if (value === null || !(n >= 0) || value.length * Math.floor(n) > longestText) return null;
    return value.repeat(n);
  };
  return { type: 'category', run };
}

/** `normalize(text)`: Unicode's normal form C, so that texts that look the same are the same. */
function normalize(call: Call): Term {
  const [node] = argumentsOf(call, 1, 1);
  const text = textArgument(call, node!);
  const run: TextTerm = (frame) => {
    const value = text(frame);
    return value === null ? null : boundedText(value.normalize());
  };
  return { type: 'category', run };
}

/** `parse_date(text)`: an ISO 8601 date; UTC where no offset is given, so that every machine reads the same. */
function parseDate(call: Call): Term {
  const [node] = argumentsOf(call, 1, 1);
  const text = textArgument(call, node!);
  const run: NumberTerm = (frame) => {
    const value = text(frame);
    return value === null ? Number.NaN : (parseIsoDate(value.trim()) ?? Number.NaN);
  };
  return { type: 'date', run };
}

const specialTextCalls: ReadonlyMap<string, (call: Call) => Term> = new Map([
  ['normalize', normalize],
  ['padend', pad],
  ['padstart', pad],
  ['parse_date', parseDate],
  ['repeat', repeat],
  ['replace', replace],
  ['substring', substring],
]);
