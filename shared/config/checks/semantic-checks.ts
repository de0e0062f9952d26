// What a schema cannot say of ciclo.yml: keys that do not go together, bounds that no model can meet.
import type { Problem } from '../messages/problem.ts';
import { columnProblems, positiveProblems, targetProblems } from './column-checks.ts';
import { type ConfigParts, readableParts } from './config-parts.ts';
import { decisionProblems } from './decision-checks.ts';
import { featureProblems } from './feature-checks.ts';
import { gateProblems, validateProblems } from './gate-checks.ts';
import { monitorProblems, retrainProblems } from './monitor-checks.ts';
import { sampleProblems } from './sample-checks.ts';
import { searchProblems } from './search-checks.ts';
import { sourceProblems } from './source-checks.ts';
import { qualityProblems, splitProblems } from './split-checks.ts';
import { stepProblems } from './step-checks.ts';
import { trainProblems } from './train-checks.ts';

const checks: readonly ((parts: ConfigParts) => Iterable<Problem>)[] = [
  sourceProblems,
  stepProblems,
  targetProblems,
  positiveProblems,
  columnProblems,
  sampleProblems,
  featureProblems,
  qualityProblems,
  splitProblems,
  trainProblems,
  searchProblems,
  validateProblems,
  gateProblems,
  decisionProblems,
  monitorProblems,
  retrainProblems,
];

/** Combinations that each key allows by itself, and that are impossible together. Sections that did not parse are skipped. */
export function semanticProblems(raw: unknown): Problem[] {
  const parts = readableParts(raw);
  return checks.flatMap((check) => [...check(parts)]);
}
