import { type Markup, trusted } from './html.ts';

/** Outcomes of gates, checks and verdicts. */
export type Outcome = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'not-applicable';

/** Different outlines, so that the outcome is seen without its colour. */
const drawings: Readonly<Record<Outcome, string>> = {
  pass: '<circle cx="12" cy="12" r="10"/><path d="M7 12.5l3.4 3.4L17 9" class="stroke"/>',
  warn: '<path d="M12 2.2L23 21.5H1z"/><path d="M12 9v5.5M12 17.6v.9" class="stroke"/>',
  fail: '<path d="M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7" class="stroke"/>',
  inconclusive:
    '<path d="M12 1.5L22.5 12 12 22.5 1.5 12z"/><path d="M7.5 12h9M10 9.5L7.5 12l2.5 2.5M14 9.5l2.5 2.5-2.5 2.5" class="stroke"/>',
  'not-applicable': '<circle cx="12" cy="12" r="9" class="hollow"/><path d="M8 12h8" class="hollow"/>',
};

const words: Readonly<Record<Outcome, string>> = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  'not-applicable': 'Not applicable',
};

/** The outcome as a word. */
export function outcomeWord(outcome: Outcome): string {
  return words[outcome];
}

/** The outcome's sign; the word stands beside it, so it is hidden from screen readers. */
export function outcomeIcon(outcome: Outcome): Markup {
  return trusted(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${drawings[outcome]}</svg>`,
  );
}

/** Icon and word in the outcome's colour. */
export function outcomeBadge(outcome: Outcome, word: string = words[outcome]): Markup {
  return trusted(`<span class="badge ${outcome}">${outcomeIcon(outcome)}${word}</span>`);
}
