// Numbers, counts, percentages, durations and Markdown as users read them: one writer of each.
/** Numbers for people: the digits, signs and units that every text of the product writes. */
/** How a number is written. */
export interface NumberFormat {
  /**
   * Significant digits at most, default 4; what stands before the point is kept all the same, up to a million, and a whole number
   * is kept however large when no digits are given. Ignored when `decimals` is given.
   */
  readonly digits?: number;
  /** Decimals, exactly; −3 rounds to whole thousands. */
  readonly decimals?: number;
  /** Write a plus before positive numbers: for differences. */
  readonly sign?: boolean;
  /** No separator in four-digit numbers: years. */
  readonly plain?: boolean;
  /** Written after the number: `mpg`. */
  readonly unit?: string;
}

/** From here on down numbers are written with an exponent. */
const smallest = 1e-4;
/** From here on up digits that say nothing become zeros: nobody reads seven of them. */
const million = 1e6;

const formatters = new Map<string, Intl.NumberFormat>();

/**
 * A number for people: thousands separators, few digits, a true minus sign.
 *
 * @returns `12,345`, `0.1235`, `1.2e-7`, `undefined` for null and NaN, `∞` for infinities.
 */
export function formatNumber(value: number | null, format: NumberFormat = {}): string {
  if (value === null || Number.isNaN(value)) return 'undefined';
  const unit = format.unit ? `\u00a0${format.unit}` : '';
  if (!Number.isFinite(value)) return `${value < 0 ? '−' : ''}∞${unit}`;
  return `${digitsOf(value, format).replace(/^-/, '−')}${unit}`;
}

/** Both ends with the same decimals: `2.46 to 3.29`; `undefined` when one is missing. */
export function formatInterval(low: number | null, high: number | null, format: NumberFormat = {}): string {
  if (low === null || high === null || Number.isNaN(low) || Number.isNaN(high)) return 'undefined';
  const decimals = format.decimals ?? intervalDecimals(low, high);
  const ends = decimals === undefined ? format : { ...format, decimals };
  const { unit, ...plain } = ends;
  return `${formatNumber(low, plain)} to ${formatNumber(high, unit === undefined ? plain : ends)}`;
}

/**
 * Decimals that an estimate deserves: two significant digits of half its interval's width. More would be noise. From a million on
 * they are negative where tens or millions are noise, and the larger end keeps four digits.
 *
 * @returns undefined when the interval has no width or is not there.
 */
export function intervalDecimals(low: number | null, high: number | null): number | undefined {
  if (low === null || high === null) return undefined;
  const width = Math.abs(high - low);
  if (!(width > 0) || !Number.isFinite(width)) return undefined;
  const decimals = 1 - Math.floor(Math.log10(width / 2));
  if (decimals > 7) return undefined;
  const larger = Math.max(Math.abs(low), Math.abs(high));
  return Math.max(decimals, larger < million ? 0 : 3 - Math.floor(Math.log10(larger)));
}

/** A value written with the decimals that its interval deserves. */
export function formatEstimate(
  estimate: { readonly value: number | null; readonly low: number | null; readonly high: number | null },
  format: NumberFormat = {},
): string {
  const decimals = intervalDecimals(estimate.low, estimate.high);
  return formatNumber(estimate.value, decimals === undefined ? format : { ...format, decimals });
}

/** A number rounded to three significant digits, as sentences say it that are kept: `1,230`, `0.00123`, `2.86e-6`, `1,230,000`. */
export function plainNumber(value: number, digits = 3): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  return formatNumber(Number(value.toPrecision(digits)), { digits });
}

/** A number as somebody declared it, every digit: a bound, a tolerance. */
export function declaredNumber(value: number): string {
  return shortText(value).replace(/^-/, '−');
}

/** A declared number in a sentence, beside measured ones: every digit, thousands apart. @example boundText(2700) // '2,700' */
export function boundText(value: number): string {
  return declaredNumber(value).replace(
    /^(−?)(\d+)/,
    (_, sign: string, whole: string) => sign + whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','),
  );
}

/** Significant digits of what can be read back: more than that nobody types. */
const typedDigits = 8;

/** A number as a field or ciclo.yml takes it, in eight significant digits at most: `1234.5`, `2.861023e-6`. */
export function typedNumber(value: number): string {
  return shortText(Number.isInteger(value) ? value : Number(value.toPrecision(typedDigits)));
}

/** Small numbers with an exponent, where JavaScript writes zeros down to a millionth. */
function shortText(value: number): string {
  const size = Math.abs(value);
  return (size > 0 && size < smallest ? value.toExponential() : String(value)).replace('e+', 'e');
}

/**
 * A number where there is little room, at an axis or at a bar's end, from a million on with the letter of its power, in three
 * significant digits: `8B`, `−1.25M`, `250,000`.
 */
export function shortNumber(value: number): string {
  return Math.abs(value) < million || Math.abs(value) >= 1e15
    ? formatNumber(value)
    : compact.format(value).replace(/^-/, '−');
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** A p-value in two significant digits, never zero: `0.031`, `< 0.0001`. */
export function formatChance(p: number): string {
  return p < 1e-4 ? '< 0.0001' : formatNumber(p, { digits: 2 });
}

/** A p-value in a sentence that is kept as evidence, in three digits: `0.0312`, `below 0.0001`. */
export function chanceWords(p: number): string {
  return p < 1e-4 ? 'below 0.0001' : plainNumber(p);
}

function digitsOf(value: number, format: NumberFormat): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < smallest && !roundsToZeroOnPurpose(size, format))) {
    return exponential(value, format);
  }
  if (format.decimals !== undefined) {
    const decimals = Math.max(0, format.decimals);
    return formatterOf(decimals, decimals, format)(roundedTo(format.decimals, value));
  }
  const digits = format.digits ?? 4;
  const magnitude = size === 0 ? 0 : Math.floor(Math.log10(size));
  const decimals = digits - 1 - magnitude;
  const whole = format.digits === undefined && Number.isInteger(value);
  const shortened = size < million || whole ? value : roundedTo(decimals, value);
  return formatterOf(0, Math.min(20, Math.max(0, decimals)), format)(shortened);
}

/** Rounded before the point: to thousands at −3. What comes after it is the formatter's. */
function roundedTo(decimals: number, value: number): number {
  if (decimals >= 0) return value;
  const step = 10 ** -decimals;
  return Math.round(value / step) * step;
}

/** Beside a wide interval a tiny number is simply zero: 0.00, not 3e-7. */
function roundsToZeroOnPurpose(size: number, format: NumberFormat): boolean {
  return format.decimals !== undefined && size < 10 ** -format.decimals;
}

function exponential(value: number, format: NumberFormat): string {
  const text = value
    .toExponential(Math.min(2, (format.digits ?? 4) - 1))
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e');
  return format.sign && value > 0 ? `+${text}` : text;
}

function formatterOf(
  least: number,
  most: number,
  { sign = false, plain = false }: NumberFormat,
): (value: number) => string {
  const key = `${least}/${most}/${sign}/${plain}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: plain ? 'min2' : 'always',
      signDisplay: sign ? 'exceptZero' : 'negative',
    });
    formatters.set(key, formatter);
  }
  return formatter.format;
}
