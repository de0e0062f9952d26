import type { Readable, Writable } from 'node:stream';
import type { Choices } from '../../shared/init/choices.ts';
import type { FirstLook } from '../../shared/init/first-look.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import { type FoundLabels, rareLabelsFound } from '../../shared/init/rare-labels.ts';
import type { TargetCandidate } from '../../shared/init/target-candidates.ts';
import type { WorkflowFile } from '../../shared/init/workflow-texts.ts';
import type { Io } from '../terminal/io.ts';
import { wantsColour } from '../terminal/style.ts';

/** Somebody pressed Ctrl-C, or Escape, at a question. */
export class Declined extends Error {}

/** One of several answers. */
interface Answer<Value> {
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

/** What is predicted, and as what. */
export async function askAim(
  questions: Questions,
  candidates: readonly TargetCandidate[],
  choices: Choices,
): Promise<Choices> {
  const [likeliest] = candidates;
  if (!likeliest) return choices;
  const target =
    choices.target ??
    (await questions.choose(
      'Which column is to be predicted?',
      candidates.map(({ column, task, why }) => ({
        value: column,
        label: column,
        hint: [task.value, ...(why === '' ? [] : [why])].join(': '),
      })),
      likeliest.column,
    ));
  const found = candidates.find(({ column }) => column === target);
  if (choices.task !== undefined || !found?.numbered || found.task.value === 'binary')
    return { ...choices, target };
  const task = await questions.choose(
    `${target} has few different numbers. What are they?`,
    (['regression', 'multiclass'] as const).map((value) => ({ value, label: taskWords[value] })),
    found.task.value,
  );
  return { ...choices, target, task };
}

const taskWords = {
  regression: 'amounts: predict a number (regression)',
  multiclass: 'classes (multiclass)',
} as const;

/** Whether labels that few rows have are published: the answer that Enter takes publishes nothing. */
export function askRareLabels(questions: Questions, target: string, found: FoundLabels): Promise<boolean> {
  return questions
    .choose(
      `${rareLabelsFound(target, found.rare)}. A model's labels are published with it`,
      [
        { value: 'leave-out', label: 'leave these rows out' },
        { value: 'publish', label: 'publish all labels', hint: 'none says anything of a single person' },
      ],
      'leave-out',
    )
    .then((answer) => answer === 'publish');
}

/** What the other columns are for. */
export async function askRoles(
  questions: Questions,
  proposal: Proposal,
  look: FirstLook,
  choices: Choices,
): Promise<Choices> {
  const positive = await askPositive(questions, proposal, choices);
  const leftOut = await askLeftOut(questions, proposal);
  const columns = [...look.table.columns.keys()].filter((name) => name !== proposal.target.value);
  const column = (
    question: string,
    chosen: string | false | undefined,
    own: string | undefined,
    none: string,
  ) =>
    chosen !== undefined
      ? Promise.resolve(chosen)
      : questions.choose<string | false>(
          question,
          [{ value: false as const, label: none }, ...columns.map((value) => ({ value, label: value }))],
          own ?? false,
        );
  const key = await column('What identifies a row?', choices.key, proposal.key?.value, 'the whole row');
  const group = await column(
    'Do several rows belong to one thing (a customer, a patient)?',
    choices.group,
    proposal.group?.value,
    'no',
  );
  const time = await column('When did a row happen?', choices.time, proposal.time?.value, 'no column says');
  const byTime =
    time === false || group !== false
      ? undefined
      : await questions.confirm(
          'Shall the newest rows judge the model? Rows to come are newer, too',
          proposal.byTime?.value ?? true,
        );
  return { ...choices, positive, leftOut, key, group, time, byTime };
}

async function askPositive(
  questions: Questions,
  { positive, target, classes = [] }: Proposal,
  choices: Choices,
): Promise<string | undefined> {
  if (!positive || choices.positive !== undefined) return choices.positive;
  return questions.choose(
    `Which ${target.value} is the one that matters?`,
    classes.map((value) => ({ value, label: value })),
    positive.value,
  );
}

async function askLeftOut(questions: Questions, { leftOut }: Proposal): Promise<string[]> {
  if (leftOut.length === 0) return [];
  return questions.several(
    'What models should not see (Space changes, Enter goes on)',
    leftOut.map(({ column, why }) => ({ value: column, label: column, hint: why })),
    leftOut.map(({ column }) => column),
  );
}

/** Which workflows are written. */
export function askWorkflows(questions: Questions, usual: readonly WorkflowFile[]): Promise<WorkflowFile[]> {
  const answers: Answer<WorkflowFile>[] = [
    { value: 'model.yml', label: 'model.yml', hint: 'judge pull requests, deploy what is merged' },
    { value: 'drift.yml', label: 'drift.yml', hint: 'every Monday: has the data changed? Retrain' },
    { value: 'pages.yml', label: 'pages.yml', hint: 'a site that predicts, on GitHub Pages' },
    { value: 'comment.yml', label: 'comment.yml', hint: 'comment on pull requests from forks' },
  ];
  return questions.several('Which workflows?', answers, usual);
}
