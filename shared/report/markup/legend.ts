import { trusted } from './html.ts';

/** The signs of the marks, for legends and beside names. */
const sign = (box: string, drawing: string) =>
  trusted(`<svg class="key" viewBox="0 0 ${box}" aria-hidden="true" focusable="false">${drawing}</svg>`);

/** A dot on its interval: the model that is judged. */
export const modelKey = sign(
  '26 14',
  '<path class="span" d="M2 7H24"/><circle class="point" cx="13" cy="7" r="5"/>',
);
/** The line of a curve: the model's, or the champion's. */
export const modelLineKey = sign('26 14', '<path class="curve" d="M1 7H25"/>');
export const championLineKey = sign('26 14', '<path class="curve champion" d="M1 7H25"/>');
/** A ring: where the model is on its curve, as it predicts. */
export const operatingPointKey = sign('14 14', '<circle class="ring" cx="7" cy="7" r="5"/>');
/** A hollow diamond: the champion. */
export const championKey = sign('14 14', '<path class="champion" d="M7 0l6 7-6 7-6-7z"/>');
/** A hollow square: the naive baseline. */
export const baselineKey = sign('14 14', '<path class="baseline" d="M2.5 2.5h9v9h-9z"/>');
/** A line with a ground on one side: a bound, and where a gate holds. */
export const boundKey = sign(
  '26 14',
  '<path class="zone" d="M8 0H26V14H8z"/><path class="bound" d="M8 0V14"/>',
);
/** A thin line to compare with. */
export const referenceKey = sign('6 14', '<path class="reference" d="M3 0V14"/>');
