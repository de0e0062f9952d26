import { logFactorial } from '../../algebra/log-factorial.ts';
import type { Random } from '../../platform/random.ts';

/** Marked rows up to which each is drawn by itself. */
const drawnSingly = 12;

interface Urn {
  /** Rows in the urn, how many of them are marked, how many are drawn. */
  readonly rows: number;
  readonly marked: number;
  readonly drawn: number;
}

/** Each marked row in turn goes to the drawn ones or not. */
function singly({ rows, marked, drawn }: Urn, random: Random): number {
  let taken = 0;
  for (let i = 0; i < marked; i++) if (random.next() * (rows - i) < drawn - taken) taken++;
  return taken;
}

function logChance({ rows, marked, drawn }: Urn, x: number): number {
  const rest = rows - marked;
  return (
    logFactorial(marked) -
    logFactorial(x) -
    logFactorial(marked - x) +
    logFactorial(rest) -
    logFactorial(drawn - x) -
    logFactorial(rest - drawn + x) -
    (logFactorial(rows) - logFactorial(drawn) - logFactorial(rows - drawn))
  );
}

/** Inversion from the mode outwards: about as many steps as the count's standard deviation. */
function fromMode(urn: Urn, random: Random): number {
  const { rows, marked, drawn } = urn;
  const least = Math.max(0, drawn - (rows - marked));
  const most = Math.min(drawn, marked);
  const mode = Math.floor(((marked + 1) * (drawn + 1)) / (rows + 2));
  const peak = Math.exp(logChance(urn, mode));
  let left = random.next() - peak;
  let up = peak;
  let down = peak;
  for (let above = mode, below = mode; left >= 0 && (above < most || below > least); ) {
    if (above < most) {
      up *= ((marked - above) * (drawn - above)) / ((above + 1) * (rows - marked - drawn + above + 1));
      above++;
      left -= up;
      if (left < 0) return above;
    }
    if (below > least) {
      down *= (below * (rows - marked - drawn + below)) / ((marked - below + 1) * (drawn - below + 1));
      below--;
      left -= down;
      if (left < 0) return below;
    }
  }
  return mode;
}

/** How many of the marked rows are among those drawn without replacement. */
export function drawHypergeometric(urn: Urn, random: Random): number {
  const { rows, marked, drawn } = urn;
  if (marked === 0 || drawn === 0) return 0;
  if (drawn === rows) return marked;
  if (marked <= drawnSingly) return singly(urn, random);
  if (drawn <= drawnSingly) return singly({ rows, marked: drawn, drawn: marked }, random);
  return fromMode(urn, random);
}

/**
 * Deals pooled rows to the reference at random: one of all tables with these margins, each as probable as permuting
 * the rows makes it.
 *
 * @param pooled rows of each cell in both samples together.
 * @param drawn rows of the reference.
 * @param into what the reference gets of each cell.
 */
export function dealRows(
  pooled: Float64Array,
  { rows, drawn }: { rows: number; drawn: number },
  random: Random,
  into: Float64Array,
): void {
  let left = rows;
  let wanted = drawn;
  for (let i = 0; i < pooled.length; i++) {
    const marked = pooled[i]!;
    const taken = drawHypergeometric({ rows: left, marked, drawn: wanted }, random);
    into[i] = taken;
    left -= marked;
    wanted -= taken;
  }
}
