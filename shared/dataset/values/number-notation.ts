/** How the numbers of a column are written. */
export interface NumberNotation {
  readonly decimal: '.' | ',';
  /** Between groups of digits; empty: digits are not grouped. A space stands for every kind of space. */
  readonly thousands: '' | ',' | '.' | "'" | ' ' | '_';
  /** A currency, a unit or `%` beside every number; empty: none. */
  readonly unit: string;
  /** Where the unit stands. */
  readonly unitFirst: boolean;
}

/** The marks of a notation, without a unit. */
export type Marks = Pick<NumberNotation, 'decimal' | 'thousands'>;

/**
 * The marks that numbers are written with, plainest first. Countries mix them: CLDR 46 has `.`, `,`, `’` and narrow
 * spaces between groups, and a point or a comma before decimals; `_` is how programs group.
 */
export const knownMarks: readonly Marks[] = [
  { decimal: '.', thousands: '' },
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: '_' },
  { decimal: ',', thousands: '_' },
];

/** A text taken apart: its digits and marks without sign and unit. */
export interface NumberParts {
  readonly negative: boolean;
  /** Digits, marks and exponent; spaces and apostrophes of every kind written as one. */
  readonly body: string;
  /** Currency before, or unit behind; empty where there is none. */
  readonly before: string;
  readonly behind: string;
}

const spaces = /[\s\u00a0\u2007\u2009\u202f]/gu;
const apostrophes = /[’ʼ＇]/gu;
const minus = '[-−‒–]';
const body = "(?:\\d(?:[\\d.,'_ ]*\\d)?\\.?|[.,]\\d+)(?:[eE][+-]?\\d+)?";
/** A word beside a number: letters and signs, `m/s²`, `US$`, `°C`, but no further number. */
const word = '[\\p{L}\\p{Sc}%‰°µ][\\p{L}\\p{Sc}%‰°µ²³/·.*^ ]{0,15}?';
const pattern = new RegExp(
  `^(?<open>\\()?(?<sign>[+]|${minus})? ?(?<before>${word})?(?: ?(?<inner>${minus}))? ?` +
    `(?<body>${body})(?:(?<behind> ?${word}))?(?<after> ?${minus})?(?<close>\\))?$`,
  'u',
);

/** A number's text taken apart; undefined when it is not a number in any notation. */
export function numberParts(text: string): NumberParts | undefined {
  if (text.length > 64 || !/\d/.test(text)) return undefined;
  const groups = pattern.exec(text.replace(spaces, ' ').replace(apostrophes, "'").trim())?.groups;
  if (!groups) return undefined;
  const { open, close, sign, inner, after } = groups;
  if ((open === undefined) !== (close === undefined)) return undefined;
  const signs = [open, sign, inner, after].filter((part) => part !== undefined);
  if (signs.length > 1) return undefined;
  return {
    negative: signs.length === 1 && sign !== '+',
    body: groups.body!,
    before: (groups.before ?? '').trim(),
    behind: (groups.behind ?? '').trim(),
  };
}

/** The number that digits and marks write in a notation; NaN when they are none in it. */
export function numberOfBody(written: string, { decimal, thousands }: Marks): number {
  const exponent = written.search(/e/i);
  const mantissa = exponent < 0 ? written : written.slice(0, exponent);
  const parts = mantissa.split(decimal);
  if (parts.length > 2) return Number.NaN;
  const whole = ungrouped(parts[0]!, thousands);
  if (whole === undefined || !/^\d*$/.test(parts[1] ?? '')) return Number.NaN;
  const text = `${whole}${parts.length === 2 ? `.${parts[1]}` : ''}${exponent < 0 ? '' : written.slice(exponent)}`;
  const value = text === '.' ? Number.NaN : Number(text);
  // As in CSV cells: a whole number that a double cannot hold is an identifier.
  return Number.isSafeInteger(value) || !/^\d+$/.test(text) ? value : Number.NaN;
}

/** Groups of three, or of two before the last three as in India; programs' underscores stand anywhere. */
function ungrouped(whole: string, thousands: Marks['thousands']): string | undefined {
  if (thousands === '' || !whole.includes(thousands)) return /^\d*$/.test(whole) ? whole : undefined;
  const groups = whole.split(thousands);
  const last = groups.length - 1;
  const digits = groups.every((group) => /^\d+$/.test(group));
  if (!digits) return undefined;
  if (thousands === '_') return groups.join('');
  const [first] = groups as [string, ...string[]];
  if (first.startsWith('0') || groups[last]!.length !== 3) return undefined;
  const western = first.length <= 3 && groups.every((group, i) => i === 0 || group.length === 3);
  const indian =
    thousands === ',' &&
    first.length <= 2 &&
    groups.every((group, i) => i === 0 || i === last || group.length === 2);
  return western || indian ? groups.join('') : undefined;
}

/** What a percentage is divided by, or a share per mille. */
function divisorOf(unit: string): number {
  return unit === '%' ? 100 : unit === '‰' ? 1000 : 1;
}

/**
 * The number that a text writes in a notation; NaN when it is none. Negative numbers may have a minus before or behind
 * (Unicode's too) or stand in brackets, as accountants write them. A currency may be left out beside single numbers;
 * any other unit may not, nor may it be another. `12%` is 0.12.
 */
export function numberIn(text: string, notation: NumberNotation): number {
  const parts = numberParts(text);
  if (!parts || !hasUnit(parts, notation)) return Number.NaN;
  const size = numberOfBody(parts.body, notation) / divisorOf(notation.unit);
  return parts.negative ? -size : size;
}

function hasUnit(
  { before, behind, body: digits }: NumberParts,
  { unit, unitFirst }: NumberNotation,
): boolean {
  const wanted = unitFirst ? [unit, ''] : ['', unit];
  if (before === wanted[0] && behind === wanted[1]) return true;
  return before === '' && behind === '' && (isCurrency(unit) || /^[0.,]+$/.test(digits));
}

const currencyCodes = new Set(
  'AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR Fr. Kr kr zł Kč Ft Rs Rs. R$ US$ A$ C$ NT$ HK$ S$'.split(
    ' ',
  ),
);

/** Whether a word beside a number is a currency: a sign of Unicode's category Sc, an ISO 4217 code or a usual short form. */
export function isCurrency(text: string): boolean {
  return /^\p{Sc}$/u.test(text) || currencyCodes.has(text);
}

const knownUnits = new Set(
  '% ‰ °C °F ° kg mg µg lb lbs oz km cm mm µm nm mi ft in yd km² m² cm² mm² ha m³ cm³ ml mL cl dl kWh Wh MWh kW MW W hp PS kPa hPa MPa Pa bar psi mbar kV mV mA Hz kHz MHz GHz km/h kmh mph m/s kn mpg cc kcal kJ MJ kB KB MB GB TB ms µs min sec hr hrs yrs ppm ppb dB lx lm rpm bpm mmHg mmol/l mmol/L mg/dl mg/dL g/l g/L'.split(
    ' ',
  ),
);

/** Whether a word behind a number is a unit that is usual enough to be read as one among other texts. */
export function isKnownUnit(text: string): boolean {
  return knownUnits.has(text) || isCurrency(text);
}
