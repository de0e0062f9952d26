import { type MonitorOutputs, monitor } from '../../actions/drift-check/monitor.ts';
import { isForAPerson } from '../../actions/drift-check/retrain/policy.ts';
import { loadPipeline } from '../../actions/pipeline/pipeline.ts';
import type { MetricResult } from '../../shared/metrics/evaluation/metric-result.ts';
import type {
  ReplayCheck,
  ReplayEnding,
  ReplayPoint,
  ReplayPolicy,
  ReplayPolicyName,
  ReplayReport,
  ReplayRetraining,
} from '../../shared/report/replay/replay-report.ts';
import { meanOf, pointOf } from './period-point.ts';
import { versionPoints } from './version-points.ts';
import { act, arrive, begin, deployHead, type PolicyInput, policies } from './walk.ts';

/** A policy that was walked through. */
export interface PolicyRun {
  readonly policy: ReplayPolicy;
  readonly story: ReplayReport['story'];
  /** Empty unless they were asked for. */
  readonly versions: ReplayReport['versions'];
  readonly metric: Pick<MetricResult, 'name' | 'better'>;
}

/**
 * Walks through the periods under one policy: data arrives, the model in production is judged on it, the check is made,
 * and what it proposes is judged, merged and deployed. All by the verbs that run on a code host, in a git repository of
 * the policy's own.
 */
export async function runPolicy(input: PolicyInput & { readonly versions: boolean }): Promise<PolicyRun> {
  const { arrivals, first } = input;
  const walk = await begin(input);
  const points: ReplayPoint[] = [];
  const retrainings: ReplayRetraining[] = [];
  const story: { period: string; words: string }[] = [];
  const tell = (period: string, words: string): void => {
    story.push({ period, words });
    input.onPeriod(period, words);
  };
  const checks: ReplayCheck[] = [];
  const versions = input.versions ? versionPoints(arrivals.pipeline.name, walk.forge) : undefined;
  let metric: PolicyRun['metric'] | undefined;
  const version = await deployHead(walk, first);
  tell(first, `${version} is deployed: the first model, of data up to ${first}`);

  for (const period of arrivals.periods.slice(arrivals.periods.indexOf(first) + 1)) {
    await arrive(walk, arrivals, period);
    const pipeline = await loadPipeline(walk.config);
    const outputs = await monitor(
      {
        pipeline,
        commit: await walk.repository.head(),
        repositoryPath: 'ciclo.yml',
        checksWait: false,
      },
      { ...walk.ports, forge: walk.forge },
    );
    const point = pointOf(outputs, period, pipeline.loaded.config);
    if (point) {
      points.push(point.point);
      metric ??= point.metric;
    }
    await versions?.add(outputs.labelled, period, pipeline.loaded.config);
    const retraining = await act(walk, outputs, { period, pipeline });
    checks.push({ period, ending: endingOf(input.name, outputs, retraining) });
    if (retraining) retrainings.push(retraining);
    tell(period, wordsOf(outputs, retraining));
  }
  return {
    policy: {
      name: input.name,
      points,
      retrainings,
      checks,
      alarms: checks.filter(({ ending }) => isAlarm(ending)).length,
      mean: meanOf(points),
    },
    story,
    versions: versions?.all() ?? [],
    metric: metric ?? { name: 'metric', better: 'lower' },
  };
}

function isAlarm(ending: ReplayEnding): boolean {
  return ending === 'deployed' || ending === 'not-better' || ending === 'structure';
}

function endingOf(
  name: ReplayPolicyName,
  { report, proposal }: MonitorOutputs,
  retraining: ReplayRetraining | undefined,
): ReplayEnding {
  if (retraining?.merged) return 'deployed';
  if (proposal.challenger) return 'not-better';
  if (isForAPerson(report) && wouldRetrain(name, report)) return 'structure';
  return report.outcome === 'not-enough-data' ? 'too-few-rows' : 'no-alarm';
}

/** Whether a check with a change of structure would have led to a retraining otherwise. */
function wouldRetrain(name: ReplayPolicyName, { performance }: MonitorOutputs['report']): boolean {
  const { on } = policies[name];
  return on.includes('drift') || on.includes('new-data') || (on.length > 0 && performance?.degraded === true);
}

function wordsOf(outputs: MonitorOutputs, retraining: ReplayRetraining | undefined): string {
  const { report, action } = outputs;
  if (retraining?.merged)
    return `${report.headline}. ${action.reason}. Merged, and ${retraining.version} is deployed`;
  return action.kind === 'none' ? report.headline : `${report.headline}. ${action.reason}`;
}
