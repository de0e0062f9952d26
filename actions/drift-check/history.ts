import { type HistoryLine, historyLineSchema } from '../../shared/drift/history/history-line.ts';
import type { MonitorReport } from '../../shared/drift/history/monitor-report.ts';
import { structureOf } from '../../shared/drift/verdict/table-verdict.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** The orphan branch that checks are noted on. */
export const historyBranch = 'ciclo-history';

/** A pipeline's file on it. */
export function historyFile(pipeline: string): string {
  return `${pipeline}.ndjson`;
}

/** What earlier checks of a pipeline found, the oldest first; nothing where there is no history yet. */
export async function readHistory(
  { name }: Pick<Pipeline, 'name'>,
  forge: Pick<Forge, 'branches' | 'contents'>,
): Promise<readonly HistoryLine[]> {
  const head = await forge.branches.head(historyBranch);
  if (head === undefined) return [];
  const file = historyFile(name);
  const text = await forge.contents.read(file, head);
  return text === undefined ? [] : parseHistory(text, file);
}

/** Reads a pipeline's history. @throws IntegrityError naming the line that is none. */
export function parseHistory(text: string, file: string): HistoryLine[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new IntegrityError(`${historyBranch}: ${file}:${i + 1} is not JSON: fix or remove the line`, {
        cause,
      });
    }
    const parsed = historyLineSchema.safeParse(value);
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0]!;
    throw new IntegrityError(
      `${historyBranch}: ${file}:${i + 1} is not a check of Ciclo (${issue.path.join('.')}: ${issue.message}): fix or remove the line`,
    );
  });
}

/** Changes of structure that a line keeps; the report has them all. */
const mostChanges = 10;

/** What a check is noted as. @param time when it was made, milliseconds since 1970. */
export function historyLineOf(
  report: MonitorReport,
  {
    time,
    action,
    run,
  }: { readonly time: number; readonly action?: HistoryLine['action']; readonly run?: string },
): HistoryLine {
  const { performance } = report;
  return {
    version: 1,
    time: new Date(time).toISOString(),
    pipeline: report.pipeline,
    model: report.production?.version ?? null,
    window: { after: report.window.after ?? null, until: report.window.until ?? null },
    rows: report.rows.current,
    outcome: report.outcome,
    severity: report.severity,
    ...(report.structural ? { structural: structureOf(report).slice(0, mostChanges) } : {}),
    share: report.share.drifted,
    columns: report.columns
      .filter(({ role, outcome }) => role === 'feature' && outcome !== 'new-column')
      .map((column) => ({
        name: column.name,
        drifted: column.drifted,
        effect: largestEffect(column),
        adjustedP: column['adjusted-p'],
      })),
    ...(performance && (performance.outcome === 'measured' || performance.outcome === 'estimated')
      ? {
          performance: {
            metric: performance.metric,
            kind: performance.outcome,
            value: performance.current.value,
            low: performance.current.low,
            high: performance.current.high,
            reference: performance.reference.value,
            degraded: performance.degraded,
          },
        }
      : {}),
    ...(action ? { action } : {}),
    ...(run === undefined ? {} : { run }),
  };
}

/** The effect that is furthest over its floor, as a multiple of it: comparable between columns. */
function largestEffect({ tests }: MonitorReport['columns'][number]): number | null {
  const effects = tests.flatMap((test) =>
    test.effects.map(({ value, floor }) => (floor > 0 ? value / floor : value)),
  );
  return effects.length === 0 ? null : Math.max(...effects);
}
