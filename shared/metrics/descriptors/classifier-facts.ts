import { zeroToOne } from './limits.ts';

/** Of metrics of classifiers. */
export const ofClasses = { tasks: ['binary', 'multiclass'] } as const;

/** What most scores by class have in common. */
export const score = {
  ...ofClasses,
  reads: 'labels',
  better: 'higher',
  limits: zeroToOne,
  unit: 'share',
} as const;
