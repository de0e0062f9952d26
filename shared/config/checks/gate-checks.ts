import type { Task } from '../../metrics/descriptors/descriptor.ts';
import { descriptorOf, metricsOf } from '../../metrics/descriptors/descriptors.ts';
import { type MetricChoice, metricKey } from '../../metrics/descriptors/metric-key.ts';
import { declaredShare, parsePercent } from '../../text/percent.ts';
import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { GateConfig } from '../sections/validate-section.ts';
import type { ConfigParts } from './config-parts.ts';
import { repeatedNames } from './repeated-names.ts';

function* metricOfTask(choice: MetricChoice, task: Task | undefined, path: KeyPath): Iterable<Problem> {
  const { metric, beta } = typeof choice === 'string' ? { metric: choice, beta: undefined } : choice;
  if (beta !== undefined && descriptorOf(metric).parameter === undefined) {
    const message = `${beta}: ${metric} has no beta; leave it out, or use f-beta`;
    yield { path: [...path, 'beta'], message };
  }
  const prices = typeof choice === 'string' ? [] : [choice.missed, choice['false-alarm']];
  if (prices.some((price) => price !== undefined) && !descriptorOf(metric).priced) {
    const message = `${metric} knows no costs; leave missed and false-alarm out, or use cost`;
    yield { path, message };
  }
  if (!task || descriptorOf(metric).tasks.includes(task)) return;
  const allowed = metricsOf(task).join(', ');
  const at = typeof choice === 'string' ? path : [...path, 'metric'];
  yield { path: at, message: `"${metric}" does not judge a ${task} model; allowed: ${allowed}` };
}

/** The metrics, the primary one and the slices of `validate`. */
export function* validateProblems({ validate, task, target }: ConfigParts): Iterable<Problem> {
  if (!validate) return;
  if (validate.primary) yield* metricOfTask(validate.primary, task, ['validate', 'primary']);
  for (const [index, metric] of (validate.metrics ?? []).entries()) {
    yield* metricOfTask(metric, task, ['validate', 'metrics', index]);
  }
  yield* repeatedNames((validate.metrics ?? []).map(metricKey), ['validate', 'metrics']);
  yield* repeatedNames(validate.slices ?? [], ['validate', 'slices']);
  for (const [index, slice] of (validate.slices ?? []).entries()) {
    if (slice === target) yield targetSlice(slice, ['validate', 'slices', index]);
  }
  const { confidence } = validate.bootstrap;
  if (confidence <= 0 || confidence >= 1) {
    const message = `an interval of ${declaredShare(confidence)} says nothing; allowed: above 0% and below 100%, such as 95%`;
    yield { path: ['validate', 'bootstrap', 'confidence'], message };
  }
}

function targetSlice(slice: string, path: KeyPath): Problem {
  return {
    path,
    message: `"${slice}" is the target: a model's error within one value of the answer says nothing; slice by a feature`,
  };
}

const kinds = ['champion', 'train-gap', 'baseline'] as const;

function* kindProblems(gate: GateConfig, path: KeyPath): Iterable<Problem> {
  const bound = gate.min !== undefined || gate.max !== undefined;
  const written = [...(bound ? ['min/max'] : []), ...kinds.filter((kind) => gate[kind] !== undefined)];
  if (written.length === 0) {
    yield {
      path,
      message: `the gate on ${gate.metric} has no bound; give one of: min and/or max, champion, train-gap, baseline`,
    };
  } else if (written.length > 1) {
    yield {
      path,
      message: `the gate on ${gate.metric} has ${written.join(' and ')}; a gate has one of them: write ${written.length} gates`,
    };
  }
  if (gate.champion) {
    const { of: _of, ...given } = gate.champion;
    const bounds = Object.values(given).filter((value) => value !== undefined).length;
    if (bounds !== 1) {
      const has = bounds === 0 ? 'no bound' : 'both bounds';
      const message = `has ${has}; give either worse-by-at-most or better-by-at-least`;
      yield { path: [...path, 'champion'], message };
    }
  }
  if (gate.slice !== undefined && !bound) {
    const message = `"${gate.slice}": slices are judged by min or max only; give one, or leave slice out`;
    yield { path: [...path, 'slice'], message };
  }
}

function* boundProblems(gate: GateConfig, path: KeyPath): Iterable<Problem> {
  const { metric, min, max } = gate;
  const { low, high } = descriptorOf(metric).limits;
  if (min !== undefined && min > high) {
    const percent = high === 1 && min >= 2 && min <= 100 ? `; did you mean ${parsePercent(`${min}%`)}?` : ';';
    const message = `no model passes: ${metric} is never above ${high}, and ${min} is asked${percent} allowed: at most ${high}`;
    yield { path: [...path, 'min'], message };
  }
  if (max !== undefined && max < low) {
    const message = `no model passes: ${metric} is never below ${low}, and at most ${max} is asked; allowed: at least ${low}`;
    yield { path: [...path, 'max'], message };
  }
  if (min !== undefined && max !== undefined && min > max) {
    yield {
      path: [...path, 'min'],
      message: `no model passes: min ${min} is above max ${max}; exchange them`,
    };
  }
}

/** Gates that no model could pass, that ask nothing, or that ask two things. */
export function* gateProblems({ gates, task, target }: ConfigParts): Iterable<Problem> {
  for (const { index, value: gate } of gates) {
    const path = ['validate', 'gates', index];
    yield* metricOfTask(gate, task, path);
    yield* kindProblems(gate, path);
    yield* boundProblems(gate, path);
    if (gate.slice !== undefined && gate.slice === target) yield targetSlice(gate.slice, [...path, 'slice']);
  }
}
