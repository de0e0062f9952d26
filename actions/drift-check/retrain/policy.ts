import type { RetrainConfig } from '../../../shared/config/sections/retrain-section.ts';
import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import type { MonitorReport } from '../../../shared/drift/history/monitor-report.ts';
import { meaningOfDrift } from '../../../shared/drift/report/drift-outcomes.ts';
import { counted } from '../../../shared/text/counts.ts';

/** Whether a check leads to a retraining, and why, in a sentence. */
export interface PolicyDecision {
  readonly retrain: boolean;
  readonly why: string;
}

/**
 * Whether a check found changes of structure in the rows of a model in production. That leads to an issue and never to a
 * retraining, whatever `retrain` says and whoever asks: no rule can tell a broken delivery from a new world.
 */
export function isForAPerson({ production, structural }: MonitorReport): boolean {
  return production !== undefined && structural;
}

type Trigger = RetrainConfig['on'][number];

/**
 * Goes by `retrain` of ciclo.yml: what this check found, and that the checks before it found the same where persistence
 * is asked for.
 *
 * @param history earlier checks, the oldest first.
 */
export function retrainingDecision(
  report: MonitorReport,
  history: readonly HistoryLine[],
  retrain: RetrainConfig,
): PolicyDecision {
  if (!report.production) {
    return { retrain: false, why: 'no version is in production: the first one comes by a merge' };
  }
  if (isForAPerson(report)) {
    return { retrain: false, why: `${report.headline}; a change of structure is for a person to look at` };
  }
  if (retrain.on.length === 0) {
    return { retrain: false, why: 'retrain.on is empty: retraining is asked for by hand' };
  }
  if (isKnown(report, history)) return { retrain: false, why: quietWords(report) };
  const found = triggersOf(report, retrain);
  if (found.length === 0) return { retrain: false, why: quietWords(report) };
  const before = history
    .filter((line) => line.model === report.production?.version && meaningOfDrift(line.outcome).settles)
    .slice(-(retrain.persistence - 1));
  const persistent =
    retrain.persistence === 1 ||
    (before.length === retrain.persistence - 1 &&
      before.every((line) => wasTriggered(line, found[0]!.kind, retrain)));
  if (persistent) return { retrain: true, why: found.map(({ words }) => words).join('; ') };
  const times = before.filter((line) => wasTriggered(line, found[0]!.kind, retrain)).length + 1;
  return {
    retrain: false,
    why: `${found[0]!.words}; seen in ${times} of the ${retrain.persistence} checks in a row that retrain.persistence asks for`,
  };
}

/** No new rows were looked at for good, and the figure is that of the last check: what follows from it has followed. */
function isKnown(
  { outcome, performance, production }: MonitorReport,
  history: readonly HistoryLine[],
): boolean {
  const last = history.findLast(({ model }) => model === production?.version)?.performance;
  if (meaningOfDrift(outcome).settles || !last) return false;
  return performance?.outcome === last.kind && performance.current.value === last.value;
}

function triggersOf(
  report: MonitorReport,
  { on, severity }: RetrainConfig,
): { readonly kind: Trigger; readonly words: string }[] {
  const drifted = report.drift || (severity === 'minor' && report.severity === 'minor');
  const degraded = report.performance?.degraded === true;
  return [
    ...(on.includes('performance') && degraded
      ? [{ kind: 'performance' as const, words: report.performance!.reasons[0] ?? 'the model got worse' }]
      : []),
    ...(on.includes('drift') && drifted ? [{ kind: 'drift' as const, words: report.headline }] : []),
    ...(on.includes('new-data') && meaningOfDrift(report.outcome).settles
      ? [{ kind: 'new-data' as const, words: counted(report.rows.current, 'new row') }]
      : []),
  ];
}

function quietWords({ headline, outcome }: MonitorReport): string {
  return outcome === 'drift' ? `${headline}; retrain.on does not name drift` : headline;
}

function wasTriggered(line: HistoryLine, kind: Trigger, { severity }: RetrainConfig): boolean {
  switch (kind) {
    case 'performance':
      return line.performance?.degraded === true;
    case 'drift':
      return line.outcome === 'drift' || (severity === 'minor' && line.severity === 'minor');
    case 'new-data':
      return true;
  }
}
