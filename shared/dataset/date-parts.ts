const day = 86_400_000;
const hour = 3_600_000;

function floorMod(value: number, by: number): number {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}

/**
 * Start of a time's year in UTC, milliseconds since 1970; by arithmetic, since the first year that a Date can hold
 * starts before the first time that it can hold.
 */
export function startOfYear(time: number): number {
  const year = new Date(time).getUTCFullYear();
  const leapDays =
    Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
  return (365 * (year - 1970) + leapDays) * day;
}

function daysInYear(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365;
}

/**
 * Parts of a date, of milliseconds since 1970 in UTC. Year, day (1-31) and timestamp (days since 1970, with
 * fractions) are numbers; the cyclic parts are the fraction of their cycle that has gone, from 0 to below 1:
 * month from January, weekday from Monday, hour (whole) from midnight, day-of-year over that year's length.
 */
export const dateParts = {
  timestamp: (time: number): number => time / day,
  year: (time: number): number => new Date(time).getUTCFullYear(),
  day: (time: number): number => new Date(time).getUTCDate(),
  month: (time: number): number => new Date(time).getUTCMonth() / 12,
  // 1970-01-01 was a Thursday, three days after Monday.
  weekday: (time: number): number => floorMod(Math.floor(time / day) + 3, 7) / 7,
  hour: (time: number): number => Math.floor(floorMod(time, day) / hour) / 24,
  'day-of-year': (time: number): number => {
    const gone = Math.floor((time - startOfYear(time)) / day);
    return gone / daysInYear(new Date(time).getUTCFullYear());
  },
} as const;

/** The largest time, either way, that a date can hold (ECMA-262, Time Values and Time Range). */
export const largestTime = 8.64e15;
