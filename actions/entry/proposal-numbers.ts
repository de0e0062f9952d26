import type { HistoryLine } from '../../shared/drift/history/history-line.ts';

/** The outputs with the number of what was opened or updated: a pull request or an issue; empty where there is none. */
export function numberOutputs(action: HistoryLine['action']): { 'pull-request': string; issue: string } {
  const number = String(action?.number ?? '');
  return {
    'pull-request': action?.kind === 'pull-request' ? number : '',
    issue: action?.kind === 'issue' || action?.kind === 'rollback' ? number : '',
  };
}
