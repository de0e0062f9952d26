import type { Lock } from '../config/lock/lock.ts';
import { featureSchema } from '../config/sections/features-section.ts';
import type { Config } from '../config/sections/schema.ts';
import { pairsOf, type StepConfig } from '../config/sections/steps-section.ts';
import { namedValues } from '../platform/named-values.ts';
import { columnsBehind } from './column-trail.ts';

type SourcePin = NonNullable<Lock['data']['sources']>[string];

/** What ciclo.yml and ciclo.lock say of the data, said of one of its sources. */
export interface SourceView {
  readonly config: Config;
  readonly lock?: Lock | undefined;
}

/**
 * ciclo.yml and ciclo.lock as if one source were the only one: what they say of the columns of the finished table holds of
 * those that they were read from. So a source of several is read, and its columns typed, by the rules that hold of one.
 *
 * @param name in `data.sources`.
 */
export function sourceView(config: Config, lock: Lock | undefined, name: string): SourceView {
  const { data } = config;
  const source = data.sources![name]!;
  const pinned: Pick<SourcePin, 'types' | 'formats'> = lock?.data.sources?.[name] ?? {};
  const back = (column: string): string[] =>
    columnsBehind(column, data).flatMap((behind) => (behind.source === name ? [behind.name] : []));
  const renamed = <Value>(values: Readonly<Record<string, Value>>): [string, Value][] =>
    Object.entries(values).flatMap(([column, value]) =>
      back(column).map((own): [string, Value] => [own, value]),
    );
  const { time: _time, group: _group, key: _key, sources: _sources, steps: _steps, ...rest } = data;
  const time = source.time ?? (data.time === undefined ? undefined : back(data.time)[0]);
  const [target = noColumn] = back(config.target);
  const features = namedValues([
    ...renamed(config.features),
    ...Object.entries(source.types).map(
      ([column, type]) => [column, featureSchema.parse(typeof type === 'string' ? { type } : type)] as const,
    ),
  ]);
  const exact = new Set([
    ...keyNames(source.key),
    ...keysIn(data.steps ?? [], config, name),
    ...[...keyNames(data.key), ...keyNames(data.group)].flatMap(back),
  ]);
  return {
    config: {
      ...config,
      target,
      data: {
        ...rest,
        source,
        ...(exact.size > 0 ? { key: [...exact] } : {}),
        ...(time === undefined ? {} : { time }),
      },
      features,
      prepare: { ...config.prepare, exclude: config.prepare.exclude.flatMap(back) },
    },
    ...(lock
      ? {
          lock: {
            ...lock,
            key: lock.key.flatMap(back),
            types: namedValues([...renamed(lock.types), ...Object.entries(pinned.types ?? {})]),
            formats: namedValues([...renamed(lock.formats ?? {}), ...Object.entries(pinned.formats ?? {})]),
          },
        }
      : {}),
  };
}

/** A name that no column has. */
const noColumn = '\0';

const keyNames = (key: string | readonly string[] | undefined): readonly string[] =>
  typeof key === 'string' ? [key] : (key ?? []);

/** Columns of a source by whose values steps tell rows apart: no digit of theirs may be lost. */
function keysIn(steps: readonly StepConfig[], { data }: Config, source: string): string[] {
  const first = Object.keys(data.sources!)[0]!;
  const names = new Set<string>();
  const add = (table: string, column: string, upTo: number): void => {
    for (const behind of columnsBehind(column, data, { table, upTo })) {
      if (behind.source === source) names.add(behind.name);
    }
  };
  steps.forEach(({ table = first, join, group, dedupe }, index) => {
    for (const [own, theirs] of pairsOf(join?.on ?? [])) {
      add(table, own, index);
      add(join!.with, theirs, index);
    }
    for (const [own, theirs] of pairsOf(group?.by ?? [])) {
      add(table, own, index);
      if (group!.of !== undefined) add(group!.of, theirs, index);
    }
    for (const column of dedupe ? (Array.isArray(dedupe) ? dedupe : dedupe.by) : [])
      add(table, column, index);
  });
  return [...names];
}
