import type { Config } from '../../config/sections/schema.ts';
import type { Table } from '../table/table.ts';
import { isRoleDeclared } from './identifiers.ts';

/** Columns that only tell rows apart are hidden from models, unless ciclo.yml names them or nothing else is left. */
export function hiddenIdentifiers(
  identifiers: readonly string[],
  { columns }: Table,
  config: Config,
): ReadonlySet<string> {
  const hidden = new Set(identifiers.filter((name) => !isRoleDeclared(name, config)));
  const others = [...columns.keys()].filter((name) => !hidden.has(name));
  return others.some((name) => isFeature(name, config)) ? hidden : new Set();
}

function isFeature(name: string, config: Config): boolean {
  return Object.hasOwn(config.features, name)
    ? name !== config.target && !config.prepare.exclude.includes(name)
    : !isRoleDeclared(name, config) || Object.keys(config.prepare.derive).length > 0;
}
