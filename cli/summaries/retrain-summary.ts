import type { MonitorOutputs } from '../../actions/drift-check/monitor.ts';
import { block, type TextLayout } from './words.ts';

/** What became of a check, as far as people are told of it. */
export interface RetrainWords extends Pick<MonitorOutputs, 'why'> {
  readonly report: Pick<MonitorOutputs['report'], 'headline'>;
  readonly action: Pick<MonitorOutputs['action'], 'reason'>;
  readonly challenger?: { readonly evaluation: { readonly headline: string } } | undefined;
}

/** Why there was a retraining and what came of it; a sentence that stands above it, in the check, is not said again. */
export function retrainLines(
  { report, why, action, challenger }: RetrainWords,
  layout: TextLayout,
): string[] {
  const lines = new Set([why, ...(challenger ? [challenger.evaluation.headline] : []), action.reason]);
  lines.delete(report.headline);
  return block('Retrain', layout, lines.size === 0 ? ['nothing to do'] : [...lines]);
}
