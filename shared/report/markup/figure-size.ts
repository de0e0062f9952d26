/** Letters of a figure that stands large in a box; on a phone ten of them fit in a line. */
const [fewest, more] = [10, 15];

/** The class that makes a large figure smaller where it would not fit in a line of a phone: `long`, `longer`, or none. */
export function figureSize(figure: string): '' | ' long' | ' longer' {
  if (figure.length < fewest) return '';
  return figure.length < more ? ' long' : ' longer';
}
