/** Work at a stretch, in milliseconds: short enough for keys, fingers and paint to get their turn on a phone too. */
const stretch = 8;

/** Work under way. */
export interface Piecework {
  /** Nothing more of it is done, and it will not end. */
  cancel(): void;
}

/**
 * Does work that can wait piece by piece, the first after what the page shows now has been painted: the browser takes turns with
 * whoever uses the page.
 *
 * @param work hands back after each piece.
 * @param done called with what the work returns, unless it is cancelled.
 * @param slow called once, when the work did not end in its first stretch.
 */
export function doInPieces<T>(
  work: Generator<void, T>,
  done: (result: T) => void,
  slow: () => void,
): Piecework {
  let [first, timer] = [true, 0];
  // A frame's own callbacks run before it is painted: what is to come after it must leave the frame.
  const frame = requestAnimationFrame(() => {
    timer = window.setTimeout(go);
  });
  function go(): void {
    const until = performance.now() + stretch;
    let piece = work.next();
    while (!piece.done && performance.now() < until) piece = work.next();
    if (piece.done) {
      done(piece.value);
      return;
    }
    if (first) slow();
    first = false;
    timer = window.setTimeout(go);
  }
  return {
    cancel() {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}
