import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../../platform/random.ts';
import type { SearchAxis, Setting } from './search-axes.ts';

/** What an absent key of a candidate means. */
const absent: Setting = { encoding: 'encoded' };

/** Of more combinations of lists than this some are drawn as from ranges: ten million of them fill gigabytes. */
const mostListed = 100_000;

/** How many settings there are beside a candidate's own; infinitely many where an axis is a range of numbers, or lists are long. */
export function settingsBeside(axes: readonly SearchAxis[], own: Setting): number {
  const all = axes.reduce((product, { values }) => product * (values?.length ?? Number.POSITIVE_INFINITY), 1);
  if (all > mostListed) return Number.POSITIVE_INFINITY;
  return everySetting(axes).filter((setting) => !isOwn(setting, own)).length;
}

/**
 * Settings to try beside a candidate's own: a Latin hypercube (McKay, Beckman and Conover 1979), in which each axis is cut into as
 * many stretches as there are settings, and each stretch is met once. Where all axes are lists, of at most 100,000 combinations, different ones of all that there are.
 *
 * @param own the candidate's options.
 * @returns at most `count`; fewer where there are no others, or two come out the same.
 */
export function drawnSettings(
  axes: readonly SearchAxis[],
  own: Setting,
  count: number,
  random: Random,
): Setting[] {
  const all =
    settingsBeside(axes, own) === Number.POSITIVE_INFINITY
      ? latinHypercube(axes, count, random)
      : random.shuffle(everySetting(axes).filter((setting) => !isOwn(setting, own)));
  const drawn: Setting[] = [];
  for (const setting of all.slice(0, count)) {
    if (isOwn(setting, own) || drawn.some((known) => isDeepStrictEqual(known, setting))) continue;
    drawn.push(setting);
  }
  return drawn;
}

function latinHypercube(axes: readonly SearchAxis[], count: number, random: Random): Setting[] {
  const columns = axes.map(({ key, at }) => {
    const own = random.fork(key);
    const stretches = own.shuffle(Array.from({ length: count }, (_, place) => place));
    return stretches.map((stretch) => [key, at((stretch + own.next()) / count)] as const);
  });
  return Array.from({ length: count }, (_, place) =>
    Object.fromEntries(columns.map((column) => column[place]!)),
  );
}

/** Every combination of lists. */
function everySetting(axes: readonly SearchAxis[]): Setting[] {
  let settings: Setting[] = [{}];
  for (const { key, values = [] } of axes) {
    settings = settings.flatMap((setting) => values.map((value) => ({ ...setting, [key]: value })));
  }
  return settings;
}

/** Whether it is what the candidate has anyway. */
function isOwn(setting: Setting, own: Setting): boolean {
  return Object.entries(setting).every(([key, value]) => isDeepStrictEqual(own[key] ?? absent[key], value));
}
