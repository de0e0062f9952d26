import type { Config } from '../../../shared/config/sections/schema.ts';
import { profileTable } from '../../../shared/dataset/profile/profile.ts';
import { type Table, takeRows } from '../../../shared/dataset/table/table.ts';
import { type NoSeason, type SameSeason, sameSeason } from '../../../shared/dataset/time/same-season.ts';
import type { TimeColumn } from '../../../shared/dataset/time/window.ts';
import type { SeasonOfCheck } from '../../../shared/drift/history/monitor-report.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { byCount, counted, formatCount } from '../../../shared/text/counts.ts';
import type { CurrentRows } from './current-rows.ts';
import type { Reference } from './reference.ts';

/** The reference of a check by season, and what the report says of it. */
export interface SeasonalReference {
  readonly reference: Reference;
  /** Absent where ciclo.yml does not ask for a season. */
  readonly season?: SeasonOfCheck;
}

/**
 * With `monitor.reference: same-season`, the locked rows of the season of the current ones: of all sides of the split, since no
 * model is judged on them. Where there are none, or too few, the reference stays what it is, and `season` says why.
 *
 * @throws ConfigurationError when the event time is a number, which has no seasons.
 */
export function seasonalReference(
  reference: Reference,
  current: CurrentRows,
  { data, monitor }: Config,
): SeasonalReference {
  if (monitor.reference !== 'same-season') return { reference };
  const window = timesOfWindow(current);
  const minRows = monitor['min-rows'];
  const { rows } = reference;
  if (!rows) {
    return {
      reference,
      season: unused('the rows that the model was made with are not available, only their profile'),
    };
  }
  const all = rows.all();
  const times = datesOf(all, data.time);
  if (!window || !times) {
    const whose = window ? 'locked' : 'current';
    return { reference, season: unused(`the ${whose} rows have no event time`) };
  }
  const found = sameSeason(window, times, { minRows });
  if (found.of === 'none') return { reference, season: noSeason(found, minRows) };
  const train = takeRows(all, found.rows);
  // In folds no row is one that the deployed model has not seen.
  const unseen = rows.test ?? takeRows(rows.train, new Uint32Array(0));
  const test = predictedRows(unseen, window, data.time, minRows);
  return {
    reference: {
      ...reference,
      profile: profileTable(train, reference.schema),
      rows: { ...rows, train, test: test ?? takeRows(unseen, new Uint32Array(0)) },
    },
    season: {
      used: true,
      of: found.of,
      periods: found.periods,
      words: `compared with ${seasonWords(found)}${test || !reference.production ? '' : unpredicted(rows.test)}`,
    },
  };
}

/** Why predictions are not compared. @param test absent of rows in folds, all of which the deployed model was trained on. */
function unpredicted(test: Table | undefined): string {
  return test
    ? '; too few of those are test rows for their predictions to be compared'
    : '; their predictions are not compared, since the model was trained on these rows';
}

/** Test rows of the season; undefined where they are too few for a comparison of predictions. */
function predictedRows(
  test: Table,
  window: Float64Array,
  time: string | undefined,
  minRows: number,
): Table | undefined {
  const times = datesOf(test, time);
  const found = times && sameSeason(window, times, { minRows });
  return found && found.of !== 'none' ? takeRows(test, found.rows) : undefined;
}

function timesOfWindow({ arrived, window, time }: CurrentRows): Float64Array | undefined {
  const { times } = arrived;
  if (!times) return undefined;
  requireDate(times, time!);
  return Float64Array.from(window.rows, (row) => times.values[row]!);
}

function datesOf({ columns }: Table, time: string | undefined): Float64Array | undefined {
  const column = time === undefined ? undefined : columns.get(time);
  if (column?.type !== 'number' && column?.type !== 'date') return undefined;
  requireDate(column, time!);
  return column.values;
}

function requireDate({ type }: TimeColumn, name: string): void {
  if (type === 'date') return;
  throw new ConfigurationError(
    `monitor.reference is same-season, but the event time ${name} is a number, and seasons are of dates: declare features.${name}.type: date, and its format, or take reference: all`,
  );
}

function seasonWords({ of, periods, widened, rows }: SameSeason): string {
  const days =
    of === 'weeks'
      ? `the same days of ${counted(periods, 'earlier week')}`
      : `the same days of ${counted(periods, 'earlier year')}`;
  const more =
    widened === 0
      ? ''
      : `, and ${counted(widened, 'day')} more at either end, since there ${byCount(rows.length, 'was', 'were')} too few`;
  return `${days}${more}: ${counted(rows.length, 'locked row')}`;
}

function noSeason({ why, found }: NoSeason, minRows: number): SeasonOfCheck {
  switch (why) {
    case 'no-times':
      return unused('no current row has an event time');
    case 'whole-years':
      return {
        used: true,
        words:
          'compared with all rows that the model was made with: the window is of a year or more and has every season',
      };
    case 'too-few':
      return unused(
        found === 0
          ? 'no locked row is of the same days of an earlier year, or of an earlier week where the window is shorter than one'
          : `only ${counted(found, 'locked row')} ${byCount(found, 'is', 'are')} of the same days of earlier years, or of earlier weeks where the window is shorter than one, and ${formatCount(minRows)} are needed`,
      );
  }
}

function unused(why: string): SeasonOfCheck {
  return {
    used: false,
    words: `the same season is not available (${why}): compared with all rows that the model was made with, so that a difference may be the season`,
  };
}
