import type { Readable, Writable } from 'node:stream';
import type { Io } from '../terminal/io.ts';
import { wantsColour } from '../terminal/style.ts';

/** Somebody pressed Ctrl-C, or Escape, at a question. */
export class Declined extends Error {}

/** One of several answers. */
export interface Answer<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** Questions on a terminal, each with an answer that Enter takes. */
export interface Questions {
  choose<Value extends string | false>(
    question: string,
    answers: readonly Answer<Value>[],
    usual: Value,
  ): Promise<Value>;
  several<Value extends string>(
    question: string,
    answers: readonly Answer<Value>[],
    usual: readonly Value[],
  ): Promise<Value[]>;
  confirm(question: string, usual: boolean): Promise<boolean>;
  text(question: string, usual: string): Promise<string>;
}

/** Answers that are shown at a time. */
const shownAnswers = 10;

/** Questions by the library of prompts, which is loaded where they are asked. @throws Declined from its methods. */
export async function terminalQuestions(io: Io): Promise<Questions> {
  const prompts = await import('@clack/prompts');
  const streams = { input: io.stdin as Readable, output: io.stderr as Writable };
  const coloured = wantsColour(io.stderr, io.environment);
  const answered = async <Value>(asked: () => Promise<Value>): Promise<Exclude<Value, symbol>> => {
    const answer = await inColour(coloured, asked);
    if (typeof answer === 'symbol') throw new Declined();
    return answer as Exclude<Value, symbol>;
  };
  return {
    choose: (message, answers, initialValue) =>
      answered(() =>
        prompts.select({
          ...{ message, initialValue, maxItems: shownAnswers, ...streams },
          options: answers as never,
        }),
      ) as Promise<typeof initialValue>,
    several: (message, answers, initialValues) =>
      answered(() =>
        prompts.multiselect({
          ...{
            message,
            initialValues: [...initialValues],
            required: false,
            maxItems: shownAnswers,
            ...streams,
          },
          options: answers as never,
        }),
      ) as Promise<(typeof initialValues)[number][]>,
    confirm: (message, initialValue) =>
      answered(() => prompts.confirm({ message, initialValue, ...streams })),
    text: (message, initialValue) =>
      answered(() => prompts.text({ message, initialValue, ...streams })).then((text) => (text ?? '').trim()),
  };
}

/**
 * The library asks Node's styleText, which looks at this thread's own stdout: that is no terminal where commands run on a
 * thread.
 */
async function inColour<Value>(coloured: boolean, work: () => Promise<Value>): Promise<Value> {
  const { FORCE_COLOR } = process.env;
  if (coloured) process.env.FORCE_COLOR = '1';
  try {
    return await work();
  } finally {
    if (FORCE_COLOR === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = FORCE_COLOR;
  }
}
