import type { DataConfig } from '../config/sections/data-section.ts';
import { type JoinConfig, pairsOf, type StepConfig } from '../config/sections/steps-section.ts';

/** A column of a source. */
export interface SourceColumn {
  readonly source: string;
  readonly name: string;
}

/** Columns by table. */
type Trail = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The columns of sources that may come out of the steps as a column of this name, unchanged. Without the tables it cannot
 * be known which source has one: a name that a source has not is harmless, since no table may have two of one name.
 *
 * @param upTo steps that come before; default all.
 */
export function columnsBehind(
  name: string,
  data: Pick<DataConfig, 'sources' | 'steps'>,
  { table, upTo }: { readonly table?: string; readonly upTo?: number } = {},
): SourceColumn[] {
  const first = Object.keys(data.sources ?? {})[0]!;
  let trail: Trail = new Map([[table ?? first, new Set([name])]]);
  for (const step of (data.steps ?? []).slice(0, upTo).toReversed()) {
    trail = before(step, step.table ?? first, trail);
  }
  return [...trail].flatMap(([source, names]) => [...names].map((column) => ({ source, name: column })));
}

function before(step: StepConfig, table: string, trail: Trail): Trail {
  const own = [...(trail.get(table) ?? [])];
  if (own.length === 0) return trail;
  const next = new Map([...trail].map(([name, names]) => [name, new Set(names)]));
  const put = (source: string, name: string): void =>
    void next.set(source, new Set(next.get(source)).add(name));
  next.set(table, new Set(own.filter((name) => staysIn(step, name))));
  for (const name of own) {
    if (step.join) for (const theirs of broughtAs(step.join, name)) put(step.join.with, theirs);
    for (const other of unionOf(step)) put(other, name);
    for (const [old, renamed] of Object.entries(step.rename ?? {})) if (renamed === name) put(table, old);
  }
  return next;
}

/** Whether a column of this name after the step may be one of this name before it. */
function staysIn({ derive, join, group, select, rename }: StepConfig, name: string): boolean {
  if (derive) return !Object.hasOwn(derive, name);
  if (join?.columns) return !broughtNames(join).some(([, renamed]) => renamed === name);
  if (group?.window !== undefined) return !Object.hasOwn(group.rollup, name);
  if (group) return pairsOf(group.by).some(([own]) => own === name);
  if (select) return Array.isArray(select) ? select.includes(name) : !select.except.includes(name);
  return !rename || (!Object.hasOwn(rename, name) && !Object.values(rename).includes(name));
}

function broughtAs(join: JoinConfig, name: string): string[] {
  if (join.columns) return broughtNames(join).flatMap(([theirs, own]) => (own === name ? [theirs] : []));
  const { prefix = '' } = join;
  return name.startsWith(prefix) && name !== prefix ? [name.slice(prefix.length)] : [];
}

/** The columns that a join names to be brought in, each with its name after it. */
export function broughtNames({ columns, prefix = '' }: JoinConfig): [string, string][] {
  return pairsOf(columns ?? []).map(([theirs, own]) => [theirs, prefix + own]);
}

/** The other tables of a union. */
export function unionOf({ union }: StepConfig): readonly string[] {
  return union === undefined ? [] : typeof union === 'string' ? [union] : union;
}
