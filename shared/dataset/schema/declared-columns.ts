import { declaredKey } from '../../config/sections/data-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import type { Table } from '../table/table.ts';

/** Checks that every column that ciclo.yml names is there. @throws ConfigurationError listing all that are not. */
export function checkNames(table: Table, config: Config): void {
  checkColumnNames([...table.columns.keys()], config);
}

/** As {@link checkNames}, of columns whose rows are elsewhere. */
export function checkColumnNames(names: readonly string[], config: Config): void {
  const { data, target, features, prepare } = config;
  const key = declaredKey(data);
  const personal = typeof prepare.checks.personal === 'object' ? prepare.checks.personal.allowed : [];
  const wanted: [string, string][] = [
    ['target', target],
    ...key.map((name): [string, string] => ['data.key', name]),
    ...(data.time === undefined ? [] : [['data.time', data.time] satisfies [string, string]]),
    ...(data.group === undefined ? [] : [['data.group', data.group] satisfies [string, string]]),
    ...(typeof data.sample === 'object' && data.sample.by !== undefined
      ? [['data.sample.by', data.sample.by] satisfies [string, string]]
      : []),
    ...Object.keys(features)
      .filter((name) => !Object.hasOwn(prepare.derive, name))
      .map((name): [string, string] => ['features', name]),
    ...personal.map((name): [string, string] => ['prepare.checks.personal.allowed', name]),
    ...prepare.exclude
      .filter((name) => !Object.hasOwn(prepare.derive, name))
      .map((name): [string, string] => ['prepare.exclude', name]),
  ];
  const known = new Set(names);
  const problems = wanted
    .filter(([, name]) => !known.has(name))
    .map(([path, name]) => `${path}: the data has no column ${quote(name)}${didYouMean(name, names)}`);
  if (problems.length === 0) return;
  throw new ConfigurationError([...problems, `the columns are: ${listNames(names, 50)}`].join('\n'));
}
