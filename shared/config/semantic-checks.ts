import { type ConfigParts, readableParts } from './config-parts.ts';
import type { Problem } from './problem.ts';

type Check = (parts: ConfigParts) => Iterable<Problem>;
const checks: readonly Check[] = [];

/** Combinations that each key alone allows and that cannot be. Sections that did not parse are skipped. */
export function semanticProblems(raw: unknown): Problem[] {
  const parts = readableParts(raw);
  return checks.flatMap((check) => [...check(parts)]);
}
