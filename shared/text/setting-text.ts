import { typedNumber } from './number-format.ts';

/**
 * The value of a setting for people, as ciclo.yml has it, numbers in four significant digits: `[64, 32]`, `0.001632`,
 * `2.86e-6`. Whole numbers keep all digits and get no separators.
 */
export function settingText(value: unknown): string {
  return typeof value === 'string' ? value : nestedText(value);
}

function nestedText(value: unknown): string {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return String(value);
    return typedNumber(Number(value.toPrecision(Math.abs(value) < 1e-4 ? 3 : 4)));
  }
  if (Array.isArray(value)) return `[${value.map(nestedText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${nestedText(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value) ?? String(value);
}
