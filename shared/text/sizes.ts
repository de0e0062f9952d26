import { formatCount } from './counts.ts';

/** Bytes in thousands, rounded up, or in millions: `80 KB`, `1.2 MB`. */
export function formatSize(bytes: number): string {
  return bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
