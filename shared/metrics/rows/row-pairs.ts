import { LargeMap, LargeSet } from '../../platform/large-map.ts';

/** Rows as an out-of-fold file knows them: by id, each with a digest of its content. Equal lengths. */
export interface StoredRows {
  /** Distinct. */
  readonly ids: BigUint64Array;
  /** 64 bits of the row's features and target, as they were when it was predicted. */
  readonly digests: BigUint64Array;
}

/** Which rows of two lists are one row. */
export interface RowPairs {
  /** Places in the champion's list and in the challenger's: at equal index the same row with the same content. */
  readonly champion: Uint32Array;
  readonly challenger: Uint32Array;
  /** Rows of both lists whose content is another since: a prediction of what a row was says nothing of what it is. */
  readonly edited: number;
  /** Places in the challenger's list of rows that the champion's does not hold, ascending. */
  readonly unknown: Uint32Array;
  /** Rows of the champion's list that the challenger's does not hold. */
  readonly gone: number;
}

/**
 * Finds the rows that two models both predicted out-of-fold, whichever folds and seed either had: each prediction is by a model
 * that had not seen the row, and that is all that a comparison needs.
 *
 * @returns pairs in the challenger's order.
 */
export function pairRows(champion: StoredRows, challenger: StoredRows): RowPairs {
  const places = new LargeMap<bigint, number>();
  for (const [place, id] of champion.ids.entries()) places.set(id, place);
  const [theirs, ours, unknown]: [number[], number[], number[]] = [[], [], []];
  let edited = 0;
  for (const [place, id] of challenger.ids.entries()) {
    const other = places.get(id);
    if (other === undefined) unknown.push(place);
    else if (champion.digests[other] === challenger.digests[place]) {
      theirs.push(other);
      ours.push(place);
    } else edited++;
  }
  return {
    champion: Uint32Array.from(theirs),
    challenger: Uint32Array.from(ours),
    edited,
    unknown: Uint32Array.from(unknown),
    gone: champion.ids.length - theirs.length - edited,
  };
}

/**
 * Of rows that the champion's list does not hold, those that came after it: rows that were left out of its data, by a filter or
 * for want of a label, are none. Where rows have an event time, it tells; where they have none, each is taken as new. A group
 * that the champion has learned from is none either: its model knows it, and the challenger's fold models do not.
 *
 * @param late whether a row's event time lies after the champion's data; undefined where that is not known.
 * @param groups of each row of the challenger's list; undefined where rows have none.
 */
export function newerPairs(
  { unknown }: Pick<RowPairs, 'unknown'>,
  {
    late,
    groups,
  }: {
    readonly late?: ((place: number) => boolean) | undefined;
    readonly groups?: readonly unknown[] | undefined;
  },
): Uint32Array {
  // A row that was edited since is not compared, and was learned from all the same.
  const isUnknown = new LargeSet(unknown);
  const learned = new LargeSet(groups?.filter((_, place) => !isUnknown.has(place)));
  return unknown.filter(
    (place) => (late === undefined || late(place)) && !(groups && learned.has(groups[place])),
  );
}
