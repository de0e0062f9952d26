// Why a model was trained: the reason, what the check saw, the columns that moved.
import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { PagePart } from '../pull-request/composition.ts';
import { shrinking } from '../pull-request/frame.ts';
import { blocks, code, type Markdown, md, table } from '../pull-request/markdown.ts';
import { chanceCell } from './column-words.ts';
import { driftTable } from './drift-table.ts';
import { performanceSentence } from './performance-words.ts';

/**
 * Why it was trained. A check that had no new row to look at says nothing of the data: the check before it that had
 * rows is shown instead, so that a proposal that is made or updated later keeps its evidence.
 *
 * @param history checks so far, oldest first.
 */
export function whyPart(why: string, report: MonitorReport, history: readonly HistoryLine[]): PagePart {
  const { performance } = report;
  const earlier = report.rows.current === 0 ? lastWithRows(report, history) : undefined;
  return shrinking('the drift table', 50, [10, 5, 2], (limit) =>
    blocks([
      md`#### Why`,
      md`${why.replace(/\.$/, '')}. Looked at: ${report.window.words}, ${counted(report.rows.current, 'row')}.`,
      performance && md`${performanceSentence(performance, report.unit)}`,
      ...(earlier ? earlierCheck(earlier, limit) : [driftTable(report, limit)]),
    ]),
  );
}

function lastWithRows(report: MonitorReport, history: readonly HistoryLine[]): HistoryLine | undefined {
  return history.findLast(({ model, rows }) => rows > 0 && model === (report.production?.version ?? null));
}

function earlierCheck(line: HistoryLine, limit: number): (Markdown | undefined)[] {
  const { after, until } = line.window;
  const window = [after === null ? [] : ['after', after], until === null ? [] : ['until', until]].flat();
  const seen = [counted(line.rows, 'row'), ...window].join(' ');
  const rows = line.columns
    .toSorted((a, b) => Number(b.drifted) - Number(a.drifted) || (b.effect ?? -1) - (a.effect ?? -1))
    .slice(0, limit)
    .map(({ name, drifted, effect, adjustedP }) => [
      code(name, 40),
      drifted ? md`**drifted**` : 'not drifted',
      effect === null ? '–' : md`${formatNumber(effect, { digits: 2 })} × the minimum effect`,
      chanceCell(adjustedP),
    ]);
  return [
    md`No row has arrived since the previous check, which covered ${seen} and found ${found(line)}:`,
    table(
      [
        { label: 'Column' },
        { label: 'Outcome' },
        { label: 'Effect' },
        { label: 'Adjusted p', align: 'right' },
      ],
      rows,
    ),
  ];
}

function found({ outcome, severity }: HistoryLine): string {
  return outcome === 'drift' ? `${severity} drift` : 'no drift alarm';
}
