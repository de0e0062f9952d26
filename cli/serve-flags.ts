import { InvalidArgumentError } from 'commander';

/** Reads a number from `low` to `high`. */
export function numberFlag(flag: string, low: number, high: number, whole = false): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`${flag} is a ${whole ? 'whole ' : ''}number from ${low} to ${high}.`);
  };
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** Reads a size: `65536`, `500kb`, `4mb`. */
export function bytesFlag(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?) ?(b|kb|mb|gb)?$/i.exec(text.trim());
    const bytes = match ? Math.floor(Number(match[1]) * units[(match[2] ?? '').toLowerCase()]!) : 0;
    if (bytes >= 1 && bytes <= 2 ** 30) return bytes;
    throw new InvalidArgumentError(`${flag} is a size up to 1gb, as 65536, 500kb or 4mb.`);
  };
}

/** Reads names, separated by commas. */
export function namesFlag(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
