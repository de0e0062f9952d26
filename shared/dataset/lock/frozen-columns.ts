import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { byCount } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import type { Column, Table } from '../table/table.ts';
import { declaredType } from '../types/infer-types.ts';

/** Default seed of the split; a lock freezes it. */
const defaultSplitSeed = 1;

/**
 * The columns that the lock knows, of the types that it froze. Columns that came later wait for the next lock, like
 * late rows: with them the pinned rows would no longer be what they were.
 *
 * @throws ConfigurationError for columns that are gone, for new ones that ciclo.yml already names, and for types that
 *   ciclo.yml declares otherwise.
 */
export function frozenColumns(table: Table, config: Config, lock: Lock, logger: Logger): Table {
  const columns = new Map<string, Column>();
  const added: string[] = [];
  for (const [name, column] of table.columns) {
    if (Object.hasOwn(lock.types, name)) columns.set(name, column);
    else added.push(name);
  }
  const problems = [
    ...Object.keys(lock.types)
      .filter((name) => !table.columns.has(name))
      .map((name) => `column ${name}: gone, ${lock.types[name]} before`),
    ...added
      .filter((name) => isNamed(name, config))
      .map((name) => `column ${name}: new, and ciclo.yml names it`),
    ...[...columns.keys()].flatMap((name) => {
      const declared = declaredType(name, config);
      if (declared === undefined || declared === lock.types[name]) return [];
      return [`column ${name}: ${lock.types[name]} before, ciclo.yml now makes it ${declared}`];
    }),
  ];
  if (problems.length > 0) {
    throw new ConfigurationError(
      [
        'the columns are not what ciclo.lock froze:',
        ...problems.map((problem) => `  ${problem}`),
        'put them back, or accept the change with ciclo lock',
      ].join('\n'),
    );
  }
  if (added.length > 0) {
    logger.warn(
      `the ${byCount(added.length, 'column', 'columns')} ${listNames(added, 10)} came after ciclo.lock was written and ${byCount(added.length, 'is', 'are')} left out: ciclo lock takes ${byCount(added.length, 'it', 'them')} in`,
    );
  }
  return { rows: table.rows, columns };
}

function isNamed(name: string, { target, data, features }: Config): boolean {
  return name === target || name === data.time || name === data.group || Object.hasOwn(features, name);
}

/** The seed of the split. @throws ConfigurationError when ciclo.yml asks for another than the lock froze. */
export function splitSeed(config: Config, lock: Lock | undefined): number {
  const declared = config.split.seed;
  if (lock && declared !== undefined && declared !== lock.split.seed) {
    throw new ConfigurationError(
      `split.seed is ${declared}, but ciclo.lock froze ${lock.split.seed}: another seed moves rows between training and test, so that no former model can be compared. Take split.seed out, or delete ciclo.lock and run ciclo lock`,
    );
  }
  return lock?.split.seed ?? declared ?? defaultSplitSeed;
}

/**
 * The columns of the key, by name: the lock's, else the configuration's, else all but the target.
 *
 * @throws ConfigurationError when ciclo.yml asks for another key than the lock froze, or the data lacks a column of it.
 */
export function keyColumns(table: Table, config: Config, lock: Lock | undefined): string[] {
  const { key } = config.data;
  const declared = key === undefined ? undefined : typeof key === 'string' ? [key] : [...key].sort();
  if (!lock) return declared ?? [...table.columns.keys()].filter((name) => name !== config.target).sort();
  if (declared && declared.join('\n') !== [...lock.key].sort().join('\n')) {
    throw new ConfigurationError(
      `data.key is ${quote(declared)}, but ciclo.lock froze ${quote(lock.key)}: another key moves rows between training and test, so that no former model can be compared. Put the key back, or delete ciclo.lock and run ciclo lock`,
    );
  }
  const gone = lock.key.filter((name) => !table.columns.has(name));
  if (gone.length > 0) {
    throw new ConfigurationError(
      `ciclo.lock: the key has ${gone.join(', ')}, which the data no longer has: bring the column back, or delete ciclo.lock and run ciclo lock (the split changes)`,
    );
  }
  return [...lock.key].sort();
}

/**
 * The columns that are read in the order of the data: as the lock froze it, those that it does not know at the end, in
 * the order of the source.
 *
 * @param source as the source gives it. @param read the columns that are read.
 */
export function columnOrder(source: Table, read: Table, lock: Lock | undefined): string[] {
  const names = new Set([...(lock?.order ?? []), ...source.columns.keys()]);
  return [...names].filter((name) => read.columns.has(name));
}
