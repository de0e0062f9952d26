import { nearestWord } from '../../text/nearest-name.ts';
import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import { allowedWords } from '../messages/schema-words.ts';
import type { DataConfig } from '../sections/data-section.ts';
import { sourceSchema } from '../sections/sources/source.ts';
import { pairsOf, type StepConfig, stepVerbs } from '../sections/steps-section.ts';
import type { ConfigParts } from './config-parts.ts';

/** Sources and steps that do not go together. */
export function* stepProblems({ data }: ConfigParts): Iterable<Problem> {
  if (!data) return;
  if (!data.source && !data.sources) {
    const message = `is missing (Where the rows are); allowed: ${allowedWords(sourceSchema)}`;
    yield { path: ['data', 'source'], message };
    return;
  }
  if (data.source && data.sources) {
    const message = 'data.source is there too; give that a name among data.sources, or leave one of them out';
    yield { path: ['data', 'sources'], message };
    return;
  }
  if (!data.sources) {
    if (data.steps) {
      const message = 'steps go by the names of sources; in place of source write sources: { rows: { … } }';
      yield { path: ['data', 'steps'], message };
    }
    return;
  }
  yield* tableProblems(data, data.sources);
}

function* tableProblems(
  { steps = [] }: DataConfig,
  sources: NonNullable<DataConfig['sources']>,
): Iterable<Problem> {
  const names = Object.keys(sources);
  const [first] = names;
  if (first === undefined) {
    yield { path: ['data', 'sources'], message: 'there is no source; name at least one' };
    return;
  }
  for (const name of names) {
    if (/^[a-z][\w-]*$/i.test(name)) continue;
    const message = `${JSON.stringify(name)} is not a name of a source; allowed: letters, digits, - and _, starting with a letter`;
    yield { path: ['data', 'sources', name], message };
  }
  const used = new Set([first]);
  for (const [index, step] of steps.entries()) {
    yield* verbProblems(index, step);
    for (const { path, table } of tablesIn(index, step)) {
      used.add(table);
      if (Object.hasOwn(sources, table)) continue;
      const near = nearestWord(table, names);
      const hint = near === undefined ? ';' : `; did you mean "${near}"?`;
      yield { path, message: `"${table}" is not one of the sources${hint} allowed: ${names.join(', ')}` };
    }
    const own = step.table ?? first;
    for (const { path, table } of othersIn(index, step)) {
      if (table === own)
        yield { path, message: `"${table}" is the table that the step changes; name another` };
    }
    yield* shapeProblems(index, step);
  }
  for (const name of names) {
    if (used.has(name)) continue;
    yield { path: ['data', 'sources', name], message: 'no step uses this source; join it, or leave it out' };
  }
}

function* verbProblems(index: number, step: StepConfig): Iterable<Problem> {
  const written = stepVerbs.filter((verb) => step[verb] !== undefined);
  if (written.length === 1) return;
  const path = ['data', 'steps', index];
  yield {
    path,
    message:
      written.length === 0
        ? `a step does one thing; allowed: ${stepVerbs.join(', ')}`
        : `a step does one thing, and here are ${written.join(' and ')}; write a step for each`,
  };
}

interface NamedTable {
  readonly path: KeyPath;
  readonly table: string;
}

function tablesIn(index: number, step: StepConfig): NamedTable[] {
  const own =
    step.table === undefined ? [] : [{ path: ['data', 'steps', index, 'table'], table: step.table }];
  const of = step.group?.of;
  const past = of === undefined ? [] : [{ path: ['data', 'steps', index, 'group', 'of'], table: of }];
  return [...own, ...othersIn(index, step), ...past];
}

function othersIn(index: number, { join, union }: StepConfig): NamedTable[] {
  const at: KeyPath = ['data', 'steps', index];
  if (join) return [{ path: [...at, 'join', 'with'], table: join.with }];
  if (typeof union === 'string') return [{ path: [...at, 'union'], table: union }];
  return (union ?? []).map((table, i) => ({ path: [...at, 'union', i], table }));
}

function* shapeProblems(index: number, { join, group }: StepConfig): Iterable<Problem> {
  const at: KeyPath = ['data', 'steps', index];
  if (join?.kind === 'anti' && (join.columns || join.prefix !== undefined)) {
    const key = join.columns ? 'columns' : 'prefix';
    yield { path: [...at, 'join', key], message: 'kind: anti brings nothing in; leave it out' };
  }
  if (join && !join.on && !join['as-of']) {
    const message =
      'is missing (Columns whose values are equal); allowed: id; or [id, region]; or { customer: id }';
    yield { path: [...at, 'join', 'on'], message };
  }
  if (join && pairsOf(join['as-of']?.time ?? 'one').length !== 1) {
    const message = 'one pair of columns is compared; allowed: date; or { date: since }';
    yield { path: [...at, 'join', 'as-of', 'time'], message };
  }
  if (!group) return;
  if (group.window !== undefined && group.time === undefined) {
    yield {
      path: [...at, 'group', 'window'],
      message: 'it counts back from a time; write time beside it: date, or { date: ordered_at }',
    };
  }
  if (group.window === undefined && group.of !== undefined) {
    yield {
      path: [...at, 'group', 'of'],
      message: `it needs a window; to roll all of "${group.of}" up write table: ${group.of} beside group, and join it`,
    };
  }
  if (pairsOf(group.time ?? 'one').length !== 1) {
    const message = 'one pair of columns is compared; allowed: date; or { date: ordered_at }';
    yield { path: [...at, 'group', 'time'], message };
  }
  for (const name of Object.keys(group.rollup).length === 0 ? ['rollup'] : []) {
    yield { path: [...at, 'group', name], message: 'nothing is rolled up; allowed: { orders: count }' };
  }
}
