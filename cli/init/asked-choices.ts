import type { Choices } from '../../shared/init/choices.ts';
import type { FirstLook, UnreadableColumn } from '../../shared/init/first-look.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import { type FoundLabels, rareLabelsFound } from '../../shared/init/rare-labels.ts';
import type { TargetCandidate } from '../../shared/init/target-candidates.ts';
import type { WorkflowFile } from '../../shared/init/workflow-texts.ts';
import type { Answer, Questions } from './questions.ts';

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

/** How columns are written that can be read in several ways: the answer that Enter takes leaves them out. */
export async function askFormats(
  questions: Questions,
  unreadable: readonly UnreadableColumn[],
): Promise<Record<string, string>> {
  const answers: [string, string][] = [];
  for (const { column, why, formats } of unreadable) {
    if (formats.length === 0) continue;
    const answer = await questions.choose<string | false>(
      `How is ${column} written? ${why}`,
      [
        { value: false as const, label: 'leave it out' },
        ...formats.map((format) => ({ value: format, label: format })),
      ],
      false,
    );
    if (answer !== false) answers.push([column, answer]);
  }
  return Object.fromEntries(answers);
}

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
