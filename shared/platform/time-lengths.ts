/** Lengths of time in milliseconds, by name: no file spells out 86,400,000. Days are of 24 hours, as in UTC. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;
