import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';

/** How the source's cells are to be read: types that are known to be texts stay as they were written (`007`). */
export function readOptionsFor(
  config: Config,
  lock?: Lock,
): { missingMarkers: readonly string[]; trim: boolean; textColumns: ReadonlySet<string> } {
  const textColumns = new Set<string>();
  for (const [name, type] of Object.entries(lock?.types ?? {})) if (type !== 'number') textColumns.add(name);
  for (const [name, { type }] of Object.entries(config.features)) {
    if (type === undefined) continue;
    if (type === 'number') textColumns.delete(name);
    else textColumns.add(name);
  }
  // `1.234` is a number as programs write them, and another one where points group digits.
  for (const name of Object.keys(lock?.formats ?? {})) textColumns.add(name);
  for (const [name, { format }] of Object.entries(config.features))
    if (format !== undefined) textColumns.add(name);
  if (config.task !== 'regression') textColumns.add(config.target);
  return { missingMarkers: config.prepare['missing-markers'], trim: config.prepare.trim, textColumns };
}
