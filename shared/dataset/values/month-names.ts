/** The months in English; other languages' names are not read. */
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The number of a month, from 1, by its English name or its first three letters (`Sept` too), in any case. */
export function monthOfName(name: string): number | undefined {
  const folded = name.toLowerCase();
  if (folded === 'sept') return 9;
  const at = monthNames.findIndex(
    (month) => month.toLowerCase() === folded || month.slice(0, 3).toLowerCase() === folded,
  );
  return at < 0 ? undefined : at + 1;
}
