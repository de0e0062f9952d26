import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { ColumnDrift } from '../../drift/report/drift-report.ts';
import { byCount, counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import type { PagePart } from '../pull-request/composition.ts';
import {
  droppable,
  fixedPart,
  footLine,
  framedPage,
  shrinking,
  unshortenedPart,
} from '../pull-request/frame.ts';
import {
  blocks,
  bulletList,
  clippedText,
  code,
  details,
  joinedPieces,
  link,
  type Markdown,
  md,
  table,
} from '../pull-request/markdown.ts';
import { outcomeSigns } from '../pull-request/words.ts';
import { detectableWords, rankedColumns } from './column-words.ts';
import { driftTable } from './drift-table.ts';
import {
  type AnyDriftReport,
  driftOutcome,
  driftWord,
  missingSentence,
  monitored,
  rateSentence,
  rowsSentence,
  weekdaySentence,
} from './drift-verdict.ts';
import { kindWords } from './history-section.ts';
import { figureWords, performanceSentence } from './performance-words.ts';

/** Bytes of the summary. */
const summaryLimit = 60_000;
const shownChecks = 10;

export interface DriftSummaryOptions {
  /** Where the report can be fetched. */
  readonly reportUrl?: string;
  /** Earlier checks, the oldest first. */
  readonly history?: readonly HistoryLine[];
  /** What the check led to, in words. */
  readonly action?: string;
}

/** The summary of a check's job, in GitHub's Markdown: the verdict first. Never over 60,000 bytes. */
export function driftSummary(report: AnyDriftReport, options: DriftSummaryOptions = {}): string {
  const monitor = monitored(report);
  const { performance } = monitor ?? {};
  return framedPage(
    [
      fixedPart('the verdict', () => head(report)),
      unshortenedPart('the performance', 90, () =>
        performance ? md`${performanceSentence(performance, monitor?.unit)}` : undefined,
      ),
      shrinking('the columns', 70, [30, 12, 5], (limit) => driftTable(report, limit)),
      unshortenedPart('what is detectable', 60, () => sensitivity(report)),
      segmentsPart(report),
      historyPart(options.history ?? []),
      unshortenedPart('what happens next', 95, () =>
        options.action === undefined ? undefined : nextWords(options.action),
      ),
    ],
    {
      room: { bytes: summaryLimit },
      foot: footLine(
        options.reportUrl === undefined
          ? 'report.html of the run has every figure'
          : link('Full report, with the distributions', options.reportUrl),
      ),
      elsewhere: md`the report`,
    },
  );
}

function head(report: AnyDriftReport): Markdown | undefined {
  const monitor = monitored(report);
  const reasons = report.reasons.filter((reason) => !report.headline.includes(reason));
  return blocks([
    md`### ${outcomeSigns[driftOutcome(report)]} ${monitor ? md`${code(monitor.pipeline)}: ` : ''}${driftWord(report)}`,
    md`${report.headline}.`,
    bulletList(reasons.slice(0, 8).map((reason) => clippedText(reason, 300))),
    joinedPieces(
      [rowsSentence(report), rateSentence(report), lateSentence(report), weekdaySentence(report) ?? ''],
      ' ',
    ),
    missingSentence(report) !== undefined && md`${missingSentence(report)!}`,
  ]);
}

function lateSentence(report: AnyDriftReport): string {
  const late = monitored(report)?.window.late ?? 0;
  return late === 0
    ? ''
    : `${counted(late, 'row')} came late into the locked window and ${byCount(late, 'waits', 'wait')} for the next lock.`;
}

/** Silence means little where nothing could have been heard: the columns of most weight, and what would have shown. */
function sensitivity(report: AnyDriftReport): Markdown | undefined {
  const quiet = rankedColumns(report).filter(
    ({ drifted, outcome, role }) => !drifted && outcome === 'compared' && role === 'feature',
  );
  if (quiet.length === 0) return undefined;
  const blind = quiet.filter((column) => column['detectable-shift'] === null);
  const first = quiet
    .filter((column) => column['detectable-shift'] !== null)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map((column) => md`${code(column.name, 40)} ${shiftWords(column)}`);
  return blocks([
    first.length > 0 && md`**Smallest detectable change** (80% power): ${joinedPieces(first, ', ')}.`,
    blind.length > 0 &&
      md`${counted(blind.length, 'column')} ${byCount(blind.length, 'has', 'have')} too few rows to detect any change reliably.`,
  ]);
}

function shiftWords(column: ColumnDrift): string {
  const words = detectableWords(column);
  return words;
}

function segmentsPart(report: AnyDriftReport): PagePart {
  const monitor = monitored(report);
  const segments = monitor?.segments ?? [];
  const render = (limit: number) => {
    const rows = table(
      [
        { label: 'Rows where' },
        { label: 'Rows', align: 'right' },
        { label: 'Share, before → now' },
        { label: 'Why' },
      ],
      segments
        .slice(0, limit)
        .map((segment) => [
          md`${code(segment.column, 40)}: ${clippedText(segment.label, 40)}`,
          formatNumber(segment.rows.current, { decimals: 0 }),
          `${measuredShare(segment.share.reference)} → ${measuredShare(segment.share.current)}`,
          clippedText(segment.reason, 160),
        ]),
    );
    return rows && details('Slices that changed most', [rows]);
  };
  return droppable(shrinking('the segments', 30, [12, 4], render));
}

function historyPart(history: readonly HistoryLine[]): PagePart {
  const render = (limit: number) => {
    const rows = table(
      [
        { label: 'Check' },
        { label: 'Version' },
        { label: 'Outcome' },
        { label: 'Performance' },
        { label: 'Action' },
      ],
      history
        .slice(-limit)
        .toReversed()
        .map((line) => [
          visibleText(line.time).slice(0, 10),
          line.model === null ? '–' : code(line.model, 30),
          line.outcome.replaceAll('-', ' '),
          line.performance
            ? md`${clippedText(line.performance.metric, 30)} ${figureWords(line.performance)}${line.performance.kind === 'estimated' && `, ${kindWords.estimated}`}`
            : '–',
          line.action && line.action.kind !== 'none' ? clippedText(line.action.reason, 100) : '–',
        ]),
    );
    return rows && details('Earlier checks', [rows]);
  };
  return droppable(shrinking('the earlier checks', 20, [shownChecks, 3], render));
}

/** What was done about a check, in a sentence of Markdown. @param action as the history notes it. */
export function nextWords(action: string): Markdown {
  return md`**What happens next**: ${clipText(action.replace(/\.$/, ''), 500)}.`;
}
