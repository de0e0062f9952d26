import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { fixedPart } from '../pull-request/frame.ts';
import { blocks, bulletList, code, md } from '../pull-request/markdown.ts';
import { bodyOf, type Proposal, titleOf } from './proposal.ts';
import { evidence, gainSentence, gainTitle, metricsPart } from './retraining-evidence.ts';
import { whyPart } from './why-part.ts';

export interface RollbackProposal {
  readonly pipeline: string;
  /** The version in production: `fuel@v1.2.0`. */
  readonly live: string;
  /** The older version that does better: `v1.1.0`. */
  readonly version: string;
  /** Of the older version on the new rows, the one in production beside it as its champion. */
  readonly evaluation: Evaluation;
  readonly report: MonitorReport;
  /** Checks so far, oldest first: what this one could not look at, an earlier one may have. */
  readonly history: readonly HistoryLine[];
  /** Of the retrained model, where one was trained. */
  readonly challenger?: Evaluation;
  readonly runUrl?: string;
}

/** The issue where an older version does better on the new rows than the one in production. */
export function rollbackProposal(input: RollbackProposal): Proposal {
  const { evaluation, version, live, challenger, pipeline } = input;
  return {
    title: titleOf(`Roll ${pipeline} back to ${version}: ${gainTitle(evaluation, 'new rows')}`),
    body: bodyOf(
      [
        fixedPart('the outcome', () =>
          blocks([
            evidence({ evaluation, champion: live, subject: `The older ${version}`, rows: 'new row' }),
            challenger &&
              md`A retrained model was tried as well: ${gainSentence(challenger)} Rolling back is the safer step.`,
          ]),
        ),
        metricsPart(evaluation, `Older ${version}`),
        whyPart(input.report.headline, input.report, input.history),
        fixedPart('how to roll back', () =>
          blocks([
            md`#### How to act`,
            bulletList([
              md`**Roll back**: run the deploy workflow by hand with ${code(version)} as the version to roll back to, or ${code(`ciclo deploy --rollback-to ${version}`)} in a checkout. The released bundle is used as it is; nothing is trained.`,
              md`**Stay** with ${code(live)}: close this issue.`,
            ]),
          ]),
        ),
      ],
      input.runUrl,
    ),
  };
}
