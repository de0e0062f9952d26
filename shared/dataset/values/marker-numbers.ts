import { numberOfText } from './number-text.ts';

/** The numbers among the texts that mean missing: `-999` is one, however a source writes or stores it. */
export function markerNumbers(markers: readonly string[]): ReadonlySet<number> {
  return new Set(markers.map(numberOfText).filter((value) => Number.isFinite(value)));
}
