/** Called now and then in a long loop with what is done: for progress, and to stop by throwing. */
export type ResampleHook = (done: number) => void;

/** Resamples between two calls of the hook. */
const between = 100;

/** The one loop over resamples. */
export function forEachResample(
  resamples: number,
  hook: ResampleHook | undefined,
  visit: (resample: number) => void,
): void {
  for (let r = 0; r < resamples; r++) {
    visit(r);
    if ((r + 1) % between === 0) hook?.(r + 1);
  }
}
