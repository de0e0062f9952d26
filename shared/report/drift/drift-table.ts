import type { ColumnDrift, DriftReport } from '../../drift/report/drift-report.ts';
import { byCount, counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import {
  clippedText,
  code,
  joinedPieces,
  type Markdown,
  md,
  type Piece,
  table,
} from '../pull-request/markdown.ts';
import {
  chanceCell,
  columnOutcomeWords,
  decidingEffect,
  detectableWords,
  directionWords,
  effectName,
  rankedColumns,
  weightShares,
} from './column-words.ts';

/**
 * The columns that matter most, as a Markdown table, the predictions first when they drifted; undefined without columns.
 *
 * @param limit rows at most.
 */
export function driftTable(report: DriftReport, limit: number): Markdown | undefined {
  const shares = weightShares(report.columns);
  const ranked = rankedColumns(report);
  const shown = [...(report.prediction?.drifted ? [report.prediction] : []), ...ranked].slice(0, limit);
  const rows = shown.map((column) => [
    nameCell(column),
    column.drifted ? md`**${columnOutcomeWords(column)}**` : columnOutcomeWords(column),
    shares.has(column) ? measuredShare(shares.get(column)!) : '–',
    directionWords(column) ?? '–',
    effectCell(column),
    chanceCell(column['adjusted-p']),
    detectableWords(column),
  ]);
  const all = table(
    [
      { label: 'Column' },
      { label: 'Outcome' },
      { label: 'Importance', align: 'right' },
      { label: 'Change' },
      { label: 'Effect size' },
      { label: 'Adjusted p', align: 'right' },
      { label: 'Smallest detectable change' },
    ],
    rows,
  );
  const left = ranked.length + (report.prediction?.drifted ? 1 : 0) - shown.length;
  if (!all || left <= 0) return all;
  return joinedPieces(
    [all, md`${counted(left, 'more column')} ${byCount(left, 'is', 'are')} in the report.`],
    '\n\n',
  );
}

function nameCell(column: ColumnDrift): Piece {
  if (column.role === 'prediction') return md`predictions`;
  return column.role === 'target' ? md`${code(column.name, 40)} (target)` : code(column.name, 40);
}

function effectCell(column: ColumnDrift): Piece {
  const effect = decidingEffect(column);
  if (!effect)
    return column.drifted && column.reasons[0] !== undefined ? clippedText(column.reasons[0], 80) : '–';
  return md`${formatNumber(effect.value, { digits: 2 })} ${effectName(effect, 'short')} (minimum ${formatNumber(effect.floor, { digits: 2 })})`;
}
