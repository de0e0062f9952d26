/** A decimal as it is written: `-1234n` of scale 2 is `-12.34`. */
export function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  const sign = unscaled < 0n ? '-' : '';
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(digits === '0' ? 0 : -scale)}`;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Whether a double is the decimal that a text writes, as far as its shortest form shows. */
function keepsDigits(text: string, value: number): boolean {
  return canonical(text) === canonical(String(value));
}

/** Sign, digits without zeros around them, and power of ten. */
function canonical(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const bare = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - bare.length;
  return bare === '' ? '0' : `${mantissa.startsWith('-') ? '-' : ''}${bare}e${power}`;
}

/** How numbers are read that a double cannot hold. */
export interface WideNumbers {
  /** Whether they are texts, which keep every digit; @param scale digits after the point. */
  readonly asTexts: (scale: number) => boolean;
  /** Called once for a column of numbers that lost digits. @param text the first one as it is written. */
  readonly onLost: (rows: number, row: number, text: string) => void;
}

/** Whole numbers are names, and texts; others are amounts, and numbers. */
export const usualWideNumbers: WideNumbers = { asTexts: (scale) => scale === 0, onLost: () => undefined };

/** Counts numbers that lost digits. */
export class LostDigits {
  #rows = 0;
  #first: { row: number; text: string } | undefined;

  add(row: number, text: string, value: number): void {
    if (keepsDigits(text, value)) return;
    this.#rows++;
    this.#first ??= { row, text };
  }

  tell({ onLost }: WideNumbers): void {
    if (this.#first) onLost(this.#rows, this.#first.row, this.#first.text);
  }
}
