import type { GateResult } from './gate-result.ts';

/** Whether a gate holds at and above its bound. */
export function holdsAbove(kind: GateResult['kind']): boolean {
  return kind === 'min' || kind.endsWith('better-by-at-least');
}
