import { type StepConfig, verbOf } from '../config/sections/steps-section.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { didYouMean, listNames } from '../text/nearest-name.ts';
import type { WorkColumn, WorkTable } from './work-table.ts';

/** Which step something is said of. */
export interface StepSite {
  /** `data.steps[1].join (step 2)` */
  readonly name: string;
  /** From 1. */
  readonly number: number;
}

/** The place of a step. @param index of `data.steps`, from 0. */
export function siteOf(index: number, step: StepConfig): StepSite {
  return { name: `data.steps[${index}].${verbOf(step)} (step ${index + 1})`, number: index + 1 };
}

/** A mistake in a step. */
export function stepError(site: StepSite, message: string): ConfigurationError {
  return new ConfigurationError(`${site.name}: ${message}`);
}

/** The named column of a table. @throws ConfigurationError naming step, table and column, and what was likely meant. */
export function workColumn(site: StepSite, table: WorkTable, name: string): WorkColumn {
  const column = table.columns.get(name);
  if (column) return column;
  const names = [...table.columns.keys()];
  throw stepError(
    site,
    `${table.name} has no column ${quote(name)} here${didYouMean(name, names) || `; it has ${listNames(names)}`}`,
  );
}

/** Refuses a name that the table has already. */
export function checkFreeName(site: StepSite, table: WorkTable, name: string, advice: string): void {
  if (!table.columns.has(name)) return;
  throw stepError(site, `${table.name} has a column ${quote(name)} already; ${advice}`);
}
