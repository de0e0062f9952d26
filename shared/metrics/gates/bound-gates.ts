import type { GateConfig } from '../../config/sections/validate-section.ts';
import { counted } from '../../text/counts.ts';
import { boundText } from '../../text/number-format.ts';
import { metricKey } from '../descriptors/metric-key.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import { measured } from '../intervals/measured.ts';
import type { GoodSide } from './gate-outcome.ts';
import { type DeclaredGate, type GatesInput, measuredGate, unmeasuredGate } from './gate-parts.ts';
import { withPower } from './gate-power.ts';

/** The gates `min` and `max`; of a gate by slice, one result for each slice that has enough rows. */
export function boundGates(input: GatesInput, gate: GateConfig, index: number): GateResult[] {
  return [
    ...(gate.min === undefined ? [] : boundGate(input, gate, index, 'min', gate.min)),
    ...(gate.max === undefined ? [] : boundGate(input, gate, index, 'max', gate.max)),
  ];
}

function boundGate(
  input: GatesInput,
  gate: GateConfig,
  index: number,
  kind: 'min' | 'max',
  bound: number,
): GateResult[] {
  const { slice } = gate;
  const metric = metricKey(gate);
  const side: GoodSide = kind === 'max' ? 'at most' : 'at least';
  const declared = `${metric} ${side} ${boundText(bound)}`;
  if (slice !== undefined) {
    return sliceGates(
      input,
      { index, metric, kind, declared: `${declared} in every slice by ${slice}` },
      slice,
      {
        bound,
        side,
      },
    );
  }
  const interval = measured(input.estimates.get(metric)!, input.validate.bootstrap);
  const { rows } = input;
  return [withPower(measuredGate({ index, metric, kind, declared }, interval, bound, side, rows), input)];
}

function sliceGates(
  input: GatesInput,
  gate: DeclaredGate,
  column: string,
  { bound, side }: { readonly bound: number; readonly side: GoodSide },
): GateResult[] {
  const slices = input.slices.filter(
    (slice) => slice.column === column && slice.metric === gate.metric && slice.judged,
  );
  if (slices.length === 0) {
    const least = counted(input.validate['min-slice-rows'], 'row');
    const message = `No slice by ${column} has at least ${least}, so none can be judged.`;
    return [unmeasuredGate(gate, bound, 'inconclusive', message)];
  }
  return slices.map((slice) => {
    const { rows, label } = slice;
    const judged = { ...measuredGate(gate, slice, bound, side, rows), slice: { column, label } };
    return withPower(judged, { validate: input.validate, rows });
  });
}
