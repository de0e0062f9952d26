import type { RecordProblem } from '../dataset/schema/record.ts';
import { quote } from '../platform/errors.ts';

/** What is wrong, or only unusual, as answers list it. */
export interface ListedProblem {
  /** The record's place in the request, from 0. */
  readonly row: number;
  /** Null when the record as a whole is meant. */
  readonly field: string | null;
  /** What was found; absent when there was nothing. */
  readonly value?: unknown;
  readonly allowed: string;
  readonly message: string;
}

export interface ListedProblems {
  readonly listed: readonly ListedProblem[];
  /** How many more there are. */
  readonly more: number;
}

/** Problems that an answer lists: the check stops there. Of warnings the others are counted. */
export const mostListed = 50;
/** Characters of a text that an answer gives back. */
const longestText = 200;
const longestMessage = 600;

/** What is wrong, or unusual, in the records of a request: the first few, and how many there are of each field. */
export class Findings {
  readonly first: RecordProblem[] = [];
  readonly byField = new Map<string | null, number>();
  count = 0;

  add(problem: RecordProblem): void {
    this.count++;
    if (this.first.length < mostListed) this.first.push(problem);
    this.byField.set(problem.field, (this.byField.get(problem.field) ?? 0) + 1);
  }
}

/** The first few, none larger than an answer should be, whatever the request held. */
export function listProblems({ first, count }: Findings): ListedProblems {
  const listed = first.map(listedProblem);
  return { listed, more: count - listed.length };
}

function listedProblem({ row, field, value, allowed, message }: RecordProblem): ListedProblem {
  return {
    row,
    field: field === null ? null : cut(field, longestText),
    ...(value === undefined ? {} : { value: shown(value) }),
    allowed: cut(allowed, longestMessage),
    message: cut(message, longestMessage),
  };
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return cut(value, longestText);
  return typeof value === 'object' && value !== null ? quote(value) : value;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** Problems as one text, for protocols whose errors and warnings are texts. */
export function problemsText({ listed, more }: ListedProblems, limit = 10): string {
  const shownHere = listed.slice(0, limit).map(({ message }) => message);
  const others = more + listed.length - shownHere.length;
  return [...shownHere, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}
