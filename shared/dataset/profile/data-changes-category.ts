import type { CategoryProfile } from './profile-schema.ts';

/** A category and the share of rows that have it, among those with a value. */
export interface CategoryShare {
  readonly value: string;
  readonly share: number;
}

/** How the values of a category column moved. */
export interface CategoryShift {
  /** Not there before, most frequent first. */
  readonly added: readonly CategoryShare[];
  /** Not there any more, with the share that they had. */
  readonly gone: readonly CategoryShare[];
  /** Share of rows whose category would have to be another one (total variation distance). */
  readonly moved: number;
  /** The category whose share moved most, of those that both name. */
  readonly most?: { readonly value: string; readonly before: number; readonly after: number };
}

/** Compares the categories of two profiles, each over its own values; both have at least one. */
export function categoryShift(before: CategoryProfile, after: CategoryProfile): CategoryShift {
  const old = sharesOf(before);
  const now = sharesOf(after);
  const most = mostMoved(old, now);
  return {
    added: complete(before) ? only(now, old) : [],
    gone: complete(after) ? only(old, now) : [],
    moved: movedShare(before, after, old, now),
    ...(most ? { most } : {}),
  };
}

/** Every category of the column is named: none is hidden among the others. */
function complete({ others }: CategoryProfile): boolean {
  return others.rows === 0 || others.complete;
}

function countsOf({ values, counts, others }: CategoryProfile): Map<string, number> {
  const named = new Map(values.map((value, i) => [value, counts[i]!]));
  for (const { value, count } of others.listed) named.set(value, count);
  return new Map([...named].filter(([, count]) => count > 0));
}

function sharesOf(column: CategoryProfile): Map<string, number> {
  const rows = column.counts.reduce((sum, count) => sum + count, column.others.rows);
  return new Map([...countsOf(column)].map(([value, count]) => [value, count / rows]));
}

function only(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): CategoryShare[] {
  return [...some]
    .filter(([value]) => !others.has(value))
    .map(([value, share]) => ({ value, share }))
    .sort((a, b) => b.share - a.share || (a.value < b.value ? -1 : 1));
}

/** Categories that one side does not name are counted together, as that side counts them. */
function movedShare(
  before: CategoryProfile,
  after: CategoryProfile,
  old: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): number {
  const all = complete(before) && complete(after);
  const named = new Set(
    [...old.keys(), ...now.keys()].filter((value) => all || (old.has(value) && now.has(value))),
  );
  let distance = 0;
  let [oldRest, nowRest] = [1, 1];
  for (const value of named) {
    const [a, b] = [old.get(value) ?? 0, now.get(value) ?? 0];
    distance += Math.abs(a - b);
    oldRest -= a;
    nowRest -= b;
  }
  const moved = (distance + (all ? 0 : Math.abs(oldRest - nowRest))) / 2;
  return moved < 1e-12 ? 0 : Math.min(1, moved);
}

function mostMoved(
  old: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): CategoryShift['most'] | undefined {
  const moves = [...old].flatMap(([value, before]) => {
    const after = now.get(value);
    return after === undefined || after === before ? [] : [{ value, before, after }];
  });
  const size = (move: { before: number; after: number }) => Math.abs(move.after - move.before);
  return moves.sort((a, b) => size(b) - size(a) || (a.value < b.value ? -1 : 1))[0];
}
