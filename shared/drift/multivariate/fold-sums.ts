/** Rows of features one after the other, each in a fold. */
export interface FoldedRows {
  readonly rows: Float64Array;
  /** Features of a row. */
  readonly size: number;
  /** Fold of each row. */
  readonly fold: Uint8Array;
}

export const folds = 4;

/** Where the rows of each fold that are marked begin in `rows`, ascending. */
function placesByFold({ size, fold }: FoldedRows, marked: Uint8Array): Uint32Array[] {
  const places = Array.from({ length: folds }, () => new Uint32Array(fold.length));
  const counts = new Uint32Array(folds);
  for (let i = 0; i < fold.length; i++) {
    const own = fold[i]!;
    places[own]![counts[own]!] = i * size;
    counts[own]! += marked[i]!;
  }
  return places.map((own, f) => own.subarray(0, counts[f]!));
}

/** How many marked rows each fold has. */
export function foldCounts({ fold }: Pick<FoldedRows, 'fold'>, marked: Uint8Array): Float64Array {
  const counts = new Float64Array(folds);
  for (let i = 0; i < fold.length; i++) counts[fold[i]!]! += marked[i]!;
  return counts;
}

/** Σ x of the rows of each fold that are marked. Four rows are added at once, in their order. */
export function foldSums(folded: FoldedRows, marked: Uint8Array): Float64Array[] {
  const { rows, size } = folded;
  return placesByFold(folded, marked).map((places) => {
    const into = new Float64Array(size);
    let next = 0;
    for (; next + 4 <= places.length; next += 4) {
      const p = places[next]!;
      const q = places[next + 1]!;
      const r = places[next + 2]!;
      const s = places[next + 3]!;
      for (let j = 0; j < size; j++) {
        into[j] = into[j]! + rows[p + j]! + rows[q + j]! + rows[r + j]! + rows[s + j]!;
      }
    }
    for (; next < places.length; next++) {
      const p = places[next]!;
      for (let j = 0; j < size; j++) into[j] = into[j]! + rows[p + j]!;
    }
    return into;
  });
}

/** Σ x xᵀ over the rows of each fold, its lower half. Four rows are added at once, in their order. */
export function foldProducts(folded: FoldedRows): Float64Array[] {
  const { rows, size, fold } = folded;
  return placesByFold(folded, new Uint8Array(fold.length).fill(1)).map((places) => {
    const into = new Float64Array(size * size);
    let next = 0;
    for (; next + 4 <= places.length; next += 4) addFour(folded, places.subarray(next, next + 4), into);
    for (; next < places.length; next++) {
      const p = places[next]!;
      for (let a = 0; a < size; a++) {
        const left = rows[p + a]!;
        for (let b = 0, at = a * size; b <= a; b++, at++) into[at] = into[at]! + left * rows[p + b]!;
      }
    }
    return into;
  });
}

function addFour({ rows, size }: FoldedRows, places: Uint32Array, into: Float64Array): void {
  const p = places[0]!;
  const q = places[1]!;
  const r = places[2]!;
  const s = places[3]!;
  for (let a = 0; a < size; a++) {
    const [e, f, g, h] = [rows[p + a]!, rows[q + a]!, rows[r + a]!, rows[s + a]!];
    for (let b = 0, at = a * size; b <= a; b++, at++) {
      into[at] = into[at]! + e * rows[p + b]! + f * rows[q + b]! + g * rows[r + b]! + h * rows[s + b]!;
    }
  }
}
