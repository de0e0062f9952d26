import type { MetricChoice } from '../../metrics/descriptors/metric-key.ts';
import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { ConfigParts } from './config-parts.ts';

/** A decision on a task that has none, one that says nothing or two things, and costs that nobody knows. */
export function* decisionProblems({ validate, gates, task }: ConfigParts): Iterable<Problem> {
  const decision = validate?.decision;
  if (decision) {
    const path = ['validate', 'decision'];
    if (task !== undefined && task !== 'binary') {
      const message = `a threshold divides two classes, and the task is ${task}; leave decision out`;
      yield { path, message };
    }
    const given = Object.values(decision).filter((value) => value !== undefined).length;
    if (given !== 1) {
      const has = given === 0 ? 'neither threshold nor costs' : 'both threshold and costs';
      yield { path, message: `has ${has}; give one of them` };
    }
  }
  if (decision?.costs || !validate) return;
  const mentions: [KeyPath, MetricChoice][] = [
    ...(validate.primary === undefined
      ? []
      : [[['validate', 'primary'], validate.primary] as [KeyPath, MetricChoice]]),
    ...(validate.metrics ?? []).map((metric, i): [KeyPath, MetricChoice] => [
      ['validate', 'metrics', i],
      metric,
    ]),
    ...gates.map(({ index, value }): [KeyPath, MetricChoice] => [['validate', 'gates', index], value]),
  ];
  for (const [path, choice] of mentions) {
    const { metric, missed, 'false-alarm': alarm } = typeof choice === 'string' ? { metric: choice } : choice;
    if (metric === 'cost' && (missed === undefined || alarm === undefined)) {
      yield { path, message: 'cost needs to know what errors cost; give validate.decision.costs' };
    }
  }
}
