import { type ReleaseFacts, releasedCard } from '../../shared/model/card/released-card.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { clippedText, code, joinedPieces, md, table } from '../../shared/report/pull-request/markdown.ts';
import { formatEstimate, formatInterval, formatNumber } from '../../shared/text/number-format.ts';
import type { JudgedModel } from './judged-model.ts';
import type { ReleasedVersion } from './production.ts';

export interface ReleaseNotesParts {
  readonly judged: JudgedModel;
  readonly live: ReleasedVersion | undefined;
  readonly facts: ReleaseFacts;
  /** Why the version is called as it is. */
  readonly reasons: readonly string[];
  /** The bundle first. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Text of a release: why this version, its metrics beside the previous version's, digests, then the model card. */
export function releaseNotes({ judged, live, facts, reasons, files }: ReleaseNotesParts): string {
  const { model, evaluation, card } = judged;
  const rows = evaluation.metrics.map((metric) => [
    code(metric.name),
    metric.low === null || metric.high === null
      ? formatNumber(metric.value)
      : `${formatEstimate(metric)} (${formatInterval(metric.low, metric.high)})`,
    metric.champion ? formatNumber(metric.champion.value) : 'none',
  ]);
  const columns = [
    { label: 'Metric' },
    { label: 'This version' },
    { label: live ? live.version.tag : 'Before' },
  ];
  const why = joinedPieces(
    reasons.map((reason) => clippedText(reason, 200)),
    '; ',
  );
  return [
    md`${clippedText(evaluation.headline, 600)}`.toString(),
    md`Why this version: ${why}.`.toString(),
    `${table(columns, rows) ?? ''}`,
    md`Model ${code(model.manifest.digest, 80)}.`.toString(),
    files.map(({ name, bytes }) => md`- ${code(name, 120)} ${code(sha256(bytes), 80)}`).join('\n'),
    releasedCard(card, facts),
  ].join('\n\n');
}
