import type { FirstLook } from '../../shared/init/first-look.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import { rareLabelsReason } from '../../shared/init/rare-labels.ts';
import { counted } from '../../shared/text/counts.ts';
import { block, type TextLayout } from '../summaries/words.ts';

/** What was looked at, as a heading. */
export function lookLines({ table, unreadable }: FirstLook, source: string, layout: TextLayout): string[] {
  const columns = table.columns.size + unreadable.length;
  return block('Data', layout, [`${source}: ${counted(table.rows, 'row')}, ${counted(columns, 'column')}`]);
}

/** The proposal with its reasons, for people. */
export function proposalLines(proposal: Proposal, layout: TextLayout): string[] {
  const { target, task, positive, key, time, byTime, group, leftOut, notes, rareLabels, classMarkers } =
    proposal;
  const say = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : block(name, layout, lines);
  return [
    ...say('Predict', [
      `${target.value}${target.why === '' ? '' : `: ${target.why}`}`,
      `${task.value}: ${target.value} ${task.why}`,
      ...(positive ? [`positive is ${positive.value}: ${positive.why}`] : []),
      ...(classMarkers ? [classMarkers.why] : []),
      ...(rareLabels ? [rareLabelsReason(rareLabels)] : []),
    ]),
    ...say('Rows', [
      ...(key ? [`key ${key.value}: ${key.why}`] : []),
      ...(group ? [`group ${group.value}: ${group.why}`] : []),
      ...(time ? [`time ${time.value}: ${time.why}${byTime?.value ? '; the newest rows judge' : ''}`] : []),
    ]),
    ...say(
      'Left out',
      leftOut.map(({ column, why }) => `${column}: ${why}`),
    ),
    ...say('Note', notes),
  ];
}
