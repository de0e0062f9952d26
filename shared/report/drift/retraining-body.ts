import type { MonitorReport } from '../../drift/monitor-report.ts';
import type { Evaluation } from '../../metrics/evaluation.ts';
import type { TrainingReport } from '../../model/training-report.ts';
import { clipText, visibleText } from '../markup/data-text.ts';
import { formatCounted } from '../number-format.ts';
import { composition, type Part, whole } from '../pull-request/composition.ts';
import { alert, blocks, code, list, type Markdown, md } from '../pull-request/markdown.ts';
import { durationWords } from './duration-words.ts';
import { apartParts, evidence, gainSentence, gainTitle, metricsPart } from './retraining-evidence.ts';
import { candidatesTable, footPart, linesPart, type RowsApart, whyPart } from './retraining-words.ts';

/** Characters of a body; GitHub takes 65,536, and markers need room. */
const bodyLimit = 64_000;
const titleLimit = 200;

/** A title, and a body in GitHub's Markdown. */
export interface Proposal {
  readonly title: string;
  readonly body: string;
}

export interface RetrainingPullRequest {
  readonly pipeline: string;
  /** The version in production: `fuel@v1.2.0`. */
  readonly champion: string;
  readonly report: MonitorReport;
  /** Why a model was trained, in a sentence. */
  readonly why: string;
  /** What changes in ciclo.lock, in words. */
  readonly lockChanges: readonly string[];
  /** Of the challenger, the champion beside it on the same unseen rows. */
  readonly evaluation: Evaluation;
  readonly training: TrainingReport;
  readonly apart?: RowsApart;
  readonly runUrl?: string;
  /** Checks wait for an approval, because GITHUB_TOKEN opens the pull request. */
  readonly checksWait: boolean;
  /** How long a closed pull request keeps new ones away, in milliseconds. */
  readonly cooldown: number;
}

/** The pull request that proposes a retrained model, evidence first. */
export function retrainingPullRequest(input: RetrainingPullRequest): Proposal {
  const { evaluation } = input;
  return {
    title: titleOf(`Retrain ${input.pipeline}: ${gainTitle(evaluation)}`),
    body: bodyOf([
      fixed('the evidence', () => evidence(input)),
      whole('what is to be approved', 95, () => approval(input)),
      { ...metricsPart(evaluation), importance: 60 },
      ...apartParts(input.apart),
      whyPart(input.why, input.report),
      linesPart('What changes in ciclo.lock', input.lockChanges, 45),
      {
        name: 'the candidates',
        importance: 20,
        levels: [
          ...[20, 5].map(
            (most) => () => blocks([md`#### Which algorithm won`, candidatesTable(input.training, most)]),
          ),
          () => undefined,
        ],
      },
      fixed('how to act', () =>
        blocks([
          md`#### How to act`,
          list([
            md`**Merge** to deploy: the lock moves to the new data, the same model is trained from it again, judged by your gates and released.`,
            md`**Close** to stay with ${code(input.champion)}: no new pull request comes for ${durationWords(input.cooldown)}, unless drift grows clearly.`,
            md`**Commit to the branch** to change something: from then on Ciclo leaves it to you.`,
          ]),
        ]),
      ),
      footPart(input.runUrl),
    ]),
  };
}

export interface RetrainingIssue {
  readonly pipeline: string;
  readonly champion: string;
  readonly report: MonitorReport;
  readonly why: string;
  /** Of the challenger, where one was trained. */
  readonly evaluation?: Evaluation;
  readonly lockChanges?: readonly string[];
  readonly apart?: RowsApart;
  /** Why there is no challenger. */
  readonly reason?: string;
  readonly runUrl?: string;
}

/** The issue where retraining was called for and gave no better model. */
export function retrainingIssue(input: RetrainingIssue): Proposal {
  const { evaluation, reason } = input;
  return {
    title: titleOf(
      evaluation
        ? `${input.pipeline}: retraining is not surely better, ${gainTitle(evaluation)}`
        : `${input.pipeline}: retraining is called for and not possible`,
    ),
    body: bodyOf([
      fixed('the outcome', () =>
        evaluation
          ? evidence({ evaluation, champion: input.champion })
          : md`No model was trained: ${reason ?? 'no reason is known'}. ${code(input.champion)} stays in production.`,
      ),
      ...(evaluation ? [{ ...metricsPart(evaluation), importance: 60 }] : []),
      ...apartParts(input.apart),
      whyPart(input.why, input.report),
      linesPart('What the new data changes', input.lockChanges ?? [], 45),
      fixed('what can be done', () =>
        blocks([md`#### What can be done`, list(evaluation ? remedies(input) : dataRemedies())]),
      ),
      footPart(input.runUrl),
    ]),
  };
}

export interface RollbackProposal {
  readonly pipeline: string;
  /** The version in production: `fuel@v1.2.0`. */
  readonly live: string;
  /** The older version that does better: `v1.1.0`. */
  readonly version: string;
  /** Of the older version on the new rows, the one in production beside it as its champion. */
  readonly evaluation: Evaluation;
  readonly report: MonitorReport;
  /** Of the retrained model, where one was trained. */
  readonly challenger?: Evaluation;
  readonly runUrl?: string;
}

/** The issue where an older version does better on the new rows than the one in production. */
export function rollbackProposal(input: RollbackProposal): Proposal {
  const { evaluation, version, live, challenger, pipeline } = input;
  return {
    title: titleOf(`Roll ${pipeline} back to ${version}: ${gainTitle(evaluation, 'new rows')}`),
    body: bodyOf([
      fixed('the outcome', () =>
        blocks([
          evidence({ evaluation, champion: live, subject: `The older ${version}`, rows: 'new row' }),
          challenger &&
            md`A retrained model was tried as well: ${gainSentence(challenger)} Rolling back is the surer step.`,
        ]),
      ),
      { ...metricsPart(evaluation, `Older ${version}`), importance: 60 },
      whyPart(input.report.headline, input.report),
      fixed('how to roll back', () =>
        blocks([
          md`#### How to act`,
          list([
            md`**Roll back**: run the deploy workflow by hand with ${code(version)} as the version to roll back to, or ${code(`ciclo deploy --rollback-to ${version}`)} in a checkout. The released bundle is used as it is; nothing is trained.`,
            md`**Stay** with ${code(live)}: close this issue.`,
          ]),
        ]),
      ),
      footPart(input.runUrl),
    ]),
  };
}

function fixed(name: string, content: () => Markdown | undefined): Part {
  return { name, importance: 99, levels: [content] };
}

function titleOf(title: string): string {
  return clipText(visibleText(title).replace(/\s+/g, ' '), titleLimit);
}

function bodyOf(parts: readonly Part[]): string {
  return composition(parts, {
    limit: bodyLimit,
    measure: (text) => text.length,
    note: (names) => md`<sub>Left out for want of room: ${names.join(', ')}.</sub>`,
  });
}

function approval({ checksWait }: RetrainingPullRequest): Markdown | undefined {
  return checksWait
    ? alert('NOTE', [
        md`The checks of this pull request wait: GitHub starts no workflows for what the run’s own token opens until somebody with write access approves them (**Approve workflows to run**). With the key of a GitHub App, \`drift.yml\` opens pull requests whose checks start by themselves.`,
      ])
    : undefined;
}

function remedies({ apart }: RetrainingIssue): Markdown[] {
  const fresh = apart?.new;
  return [
    ...(fresh && fresh.rows < 50
      ? [
          md`Wait: only ${formatCounted(fresh.rows, 'test row')} came after the former window; with more the interval narrows.`,
        ]
      : [md`Wait for more rows: with more the interval of the gain narrows.`]),
    md`Look for what the model cannot know: a feature that explains the change may be missing.`,
    md`Try other algorithms: add candidates under \`train.candidates\` in \`ciclo.yml\`.`,
    md`Should you want a pull request anyway, set \`retrain.open: always\`.`,
  ];
}

function dataRemedies(): Markdown[] {
  return [
    md`Put the new rows, with their labels, where \`data.source\` of \`ciclo.yml\` reads them.`,
    md`Run the check again; this issue is updated in place, and closed when a better model is found.`,
  ];
}
