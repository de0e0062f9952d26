import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { counted } from '../../text/counts.ts';
import { durationWords } from '../../text/durations.ts';
import { droppable, fixedPart, shrinking, unshortenedPart } from '../pull-request/frame.ts';
import { alert, blocks, bulletList, clippedText, code, type Markdown, md } from '../pull-request/markdown.ts';
import { bodyOf, type Proposal, titleOf } from './proposal.ts';
import { apartParts, evidence, gainTitle, metricsPart, surenessTitle } from './retraining-evidence.ts';
import { candidatesTable, linesPart, type RowsApart } from './retraining-words.ts';
import { whyPart } from './why-part.ts';

export interface RetrainingPullRequest {
  readonly pipeline: string;
  /** The version in production: `fuel@v1.2.0`. */
  readonly champion: string;
  readonly report: MonitorReport;
  /** Checks so far, oldest first: what this one could not look at, an earlier one may have. */
  readonly history: readonly HistoryLine[];
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
  /** `retrain.confidence`: how sure a gain must be to be called one. */
  readonly confidence: number;
  /** How long a closed pull request keeps new ones away, in milliseconds. */
  readonly cooldown: number;
}

/** The pull request that proposes a retrained model, evidence first. */
export function retrainingPullRequest(input: RetrainingPullRequest): Proposal {
  const { evaluation } = input;
  return {
    title: titleOf(
      `Retrain ${input.pipeline}: ${gainTitle(evaluation)}${surenessTitle(evaluation, input.confidence)}`,
    ),
    body: bodyOf(
      [
        fixedPart('the evidence', () => evidence(input)),
        unshortenedPart('what is to be approved', 95, () => approval(input)),
        unshortenedPart('changes of structure', 96, () => structureWarning(input)),
        metricsPart(evaluation),
        ...apartParts(input.apart),
        whyPart(input.why, input.report, input.history),
        linesPart('What changes in ciclo.lock', input.lockChanges, 45),
        droppable(
          shrinking('the candidates', 20, [20, 5], (limit) =>
            blocks([md`#### Which algorithm won`, candidatesTable(input.training, limit)]),
          ),
        ),
        fixedPart('how to act', () =>
          blocks([
            md`#### How to act`,
            bulletList([
              md`**Merge** to deploy: the lock moves to the new data, the same model is trained from it again, judged by your gates and released.`,
              md`**Close** to stay with ${code(input.champion)}: no new pull request comes for ${durationWords(input.cooldown)}, unless drift grows clearly.`,
              md`**Commit to the branch** to change something: from then on Ciclo leaves it to you.`,
            ]),
          ]),
        ),
      ],
      input.runUrl,
    ),
  };
}

/** The new rows may hold some that an earlier check has left to a person. */
function structureWarning({ history, report }: RetrainingPullRequest): Markdown | undefined {
  const lines = history.filter(
    ({ model, structural }) => structural !== undefined && model === (report.production?.version ?? null),
  );
  const changes = [...new Set(lines.flatMap(({ structural = [] }) => structural))];
  if (changes.length === 0) return undefined;
  return alert('WARNING', [
    md`The new data has rows in which ${counted(lines.length, 'earlier check')} found changes of structure. A model trained on broken rows also does better on them: merge only if the rows are correct.`,
    bulletList(changes.slice(0, 5).map((words) => clippedText(words, 300))),
  ]);
}

function approval({ checksWait }: RetrainingPullRequest): Markdown | undefined {
  return checksWait
    ? alert('NOTE', [
        md`The checks of this pull request wait: GitHub starts no workflows for what the run’s own token opens until somebody with write access approves them (**Approve workflows to run**). With the key of a GitHub App, \`drift.yml\` opens pull requests whose checks start by themselves.`,
      ])
    : undefined;
}
