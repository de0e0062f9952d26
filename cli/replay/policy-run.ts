import { type MonitorOutputs, monitor } from '../../actions/drift-check/monitor.ts';
import { isBetter } from '../../actions/drift-check/retrain/challenger.ts';
import { loadPipeline } from '../../actions/pipeline/pipeline.ts';
import type { MetricResult } from '../../shared/metrics/evaluation/evaluation.ts';
import type {
  ReplayPoint,
  ReplayPolicy,
  ReplayReport,
  ReplayRetraining,
} from '../../shared/report/replay/replay-report.ts';
import { meanOf, pointOf } from './period-point.ts';
import { act, arrive, begin, deployHead, type PolicyInput, policies } from './walk.ts';

/** A policy that was walked through. */
export interface PolicyRun {
  readonly policy: ReplayPolicy;
  readonly story: ReplayReport['story'];
  readonly metric: Pick<MetricResult, 'name' | 'better'>;
}

/**
 * Walks through the periods under one policy: data arrives, the model in production is judged on it, the check is made,
 * and what it proposes is judged, merged and deployed. All by the verbs that run on a code host, in a git repository of
 * the policy's own.
 */
export async function runPolicy(input: PolicyInput): Promise<PolicyRun> {
  const { arrivals, first } = input;
  const walk = await begin(input);
  const points: ReplayPoint[] = [];
  const retrainings: ReplayRetraining[] = [];
  const story: { period: string; words: string }[] = [];
  const tell = (period: string, words: string): void => {
    story.push({ period, words });
    input.onPeriod(period, words);
  };
  let alarms = 0;
  let falseAlarms = 0;
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
    const retraining = await act(walk, outputs, period);
    if (outputs.challenger) alarms++;
    if (
      outputs.challenger &&
      !isBetter(outputs.challenger.evaluation, pipeline.loaded.config.retrain.confidence)
    )
      falseAlarms++;
    if (retraining) retrainings.push(retraining);
    tell(period, wordsOf(outputs, retraining));
  }
  return {
    policy: {
      name: input.name,
      points,
      retrainings,
      alarms,
      falseAlarms: policies[input.name].on.length === 0 ? null : falseAlarms,
      mean: meanOf(points),
    },
    story,
    metric: metric ?? { name: 'metric', better: 'lower' },
  };
}

function wordsOf(outputs: MonitorOutputs, retraining: ReplayRetraining | undefined): string {
  const { report, action } = outputs;
  if (retraining?.merged)
    return `${report.headline}. ${action.reason}. Merged, and ${retraining.version} is deployed`;
  return action.kind === 'none' ? report.headline : `${report.headline}. ${action.reason}`;
}
