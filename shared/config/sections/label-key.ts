import type { Config } from './schema.ts';

/** The columns that labels find their rows by: `monitor.key`, else `data.key`; none where neither is declared. */
export function labelKey({ data, monitor }: Config): readonly string[] {
  return [monitor.key ?? data.key ?? []].flat();
}
