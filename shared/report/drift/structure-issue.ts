import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import { structureOf } from '../../drift/verdict/table-verdict.ts';
import { counted } from '../../text/counts.ts';
import { fixedPart, shrinking } from '../pull-request/frame.ts';
import { blocks, bulletList, clippedText, code, md } from '../pull-request/markdown.ts';
import { bodyOf, type Proposal, titleOf } from './proposal.ts';
import { whyPart } from './why-part.ts';

export interface StructureIssue {
  readonly pipeline: string;
  /** The version in production: `fuel@v1.2.0`. */
  readonly champion: string;
  readonly report: MonitorReport;
  /** Checks so far, oldest first. */
  readonly history: readonly HistoryLine[];
  readonly runUrl?: string;
}

/**
 * The issue of a check that found changes of structure: no rule can tell a broken delivery from a new world, so nothing is
 * trained from it before a person has looked.
 */
export function structureIssue({ pipeline, champion, report, history, ...urls }: StructureIssue): Proposal {
  const changes = structureOf(report);
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
  return {
    title: titleOf(`${pipeline}: a structural change to review, ${changes[0] ?? report.headline}${more}`),
    body: bodyOf(
      [
        shrinking('the changes', 100, [40, 15, 5], (limit) =>
          blocks([
            md`⚠️ The ${counted(report.rows.current, 'new row')} differ from those of ${code(champion)} in structure:`,
            bulletList([
              ...changes.slice(0, limit).map((words) => clippedText(words, 300)),
              ...(changes.length > limit ? [md`and ${changes.length - limit} more`] : []),
            ]),
            md`**Nothing was trained, and ${code(champion)} stays in production.** Broken data and a real change look alike in the figures, and a model trained on broken rows also does better on them.`,
          ]),
        ),
        fixedPart('what can be done', () =>
          blocks([
            md`#### What can be done`,
            bulletList([
              md`**The data are wrong**: fix or remove the rows at their source, so that no later retraining uses them. Then close this issue.`,
              md`**The data are right**: start the retraining by hand (${code('ciclo retrain')}, or the workflow with ${code('retrain: always')}), or move the lock yourself with ${code('ciclo lock')}: the gates judge the model of the new data, and a merge deploys it.`,
              md`**The column is expected to change like this**: list it under ${code('monitor.drift.exclude')} in ${code('ciclo.yml')}.`,
            ]),
          ]),
        ),
        whyPart(report.headline, report, history),
      ],
      urls.runUrl,
    ),
  };
}
