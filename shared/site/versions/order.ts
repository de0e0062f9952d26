import type { SiteVersion } from '../site-input.ts';

const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

/** The oldest first: by version number, then by date. */
export function oldestFirst(versions: readonly SiteVersion[]): SiteVersion[] {
  return versions.toSorted((a, b) => {
    const [x, y] = [numbers(a.version), numbers(b.version)];
    for (let i = 0; i < Math.max(x.length, y.length); i++) {
      const difference = (x[i] ?? 0) - (y[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
  });
}
