import type { Problem } from '../messages/problem.ts';
import type { ConfigParts } from './config-parts.ts';

/** Candidates that clash with each other, with the task, or with themselves. */
export function* trainProblems({ candidates, task }: ConfigParts): Iterable<Problem> {
  const names = new Map<string, number>();
  for (const { index, value: candidate } of candidates) {
    const path = ['train', 'candidates', index];
    if (candidate.name !== undefined) {
      const first = names.get(candidate.name);
      if (first === undefined) names.set(candidate.name, index);
      else {
        const message = `"${candidate.name}" is already the name of candidate ${first}; give each its own`;
        yield { path: [...path, 'name'], message };
      }
    }
    if (candidate.type === 'command') {
      if (candidate.timeout === 0) {
        yield { path: [...path, 'timeout'], message: '0 leaves no time to run; set one such as 30m or 6h' };
      }
      continue;
    }
    if (task !== 'regression' && task !== undefined && candidate.target === 'log1p') {
      const message = `log1p is of numbers, and the task is ${task}; leave target out`;
      yield { path: [...path, 'target'], message };
    }
    if (task === 'regression' && candidate['class-weights'] !== 'none') {
      const message = 'a regression has no classes to weigh; leave class-weights out';
      yield { path: [...path, 'class-weights'], message };
    }
    if (
      task !== 'regression' &&
      task !== undefined &&
      candidate.type === 'boosted-trees' &&
      candidate.loss === 'absolute'
    ) {
      const message = `an absolute loss is for numbers, and the task is ${task}; leave loss out`;
      yield { path: [...path, 'loss'], message };
    }
    if (candidate.type !== 'neural-network' || !Array.isArray(candidate.dropout)) continue;
    if (candidate.dropout.length !== candidate.layers.length) {
      const message =
        `${candidate.dropout.length} values for ${candidate.layers.length} layers; ` +
        'give one value for each layer, or one number for all';
      yield { path: [...path, 'dropout'], message };
    }
  }
}
