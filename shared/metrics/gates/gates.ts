// The gates of `validate.gates`: what each measures, and whether it holds.
import type { GateConfig } from '../../config/sections/validate-section.ts';
import { metricKey } from '../descriptors/metric-key.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import { consequenceOfGate } from '../evaluation/verdict.ts';
import { boundGates } from './bound-gates.ts';
import type { GatesInput } from './gate-parts.ts';
import { baselineGate, championGates, trainGapGate } from './reference-gates.ts';

/** Judges every gate of `validate.gates`, in order. */
export function judgeGates(input: GatesInput): GateResult[] {
  return input.validate.gates
    .flatMap((gate, index) => judgeGate(input, gate, index))
    .map((result) => withMeaning(result, input.validate));
}

/** With what it means for the verdict that the rows cannot decide it. */
function withMeaning(result: GateResult, { inconclusive }: GatesInput['validate']): GateResult {
  if (result.outcome !== 'inconclusive') return result;
  return { ...result, means: consequenceOfGate(result, inconclusive) };
}

function judgeGate(input: GatesInput, gate: GateConfig, index: number): GateResult[] {
  const metric = metricKey(gate);
  const gap = gate['train-gap']?.['at-most'];
  const baseline = gate.baseline?.['better-by-at-least'];
  return [
    ...boundGates(input, gate, index),
    ...championGates(input, gate, index),
    ...(gap === undefined ? [] : [trainGapGate(input, metric, gap, index)]),
    ...(baseline === undefined ? [] : [baselineGate(input, metric, baseline, index)]),
  ];
}
