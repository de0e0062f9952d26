import type { Lock } from '../../shared/config/lock/lock.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { pairsOf, rollupOf } from '../../shared/config/sections/steps-section.ts';
import { readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import { namesInExpression } from '../../shared/dataset/types/read-rules.ts';
import type { ReadOptions } from '../../shared/source/types.ts';
import { sourceView } from '../../shared/tables/source-view.ts';

/** How the cells of one of several sources are read: by what ciclo.yml and ciclo.lock say of the columns that it becomes. */
export function readOptionsOfSource(config: Config, lock: Lock | undefined, name: string): ReadOptions {
  const view = sourceView(config, lock, name);
  const options = readOptionsFor(view.config, view.lock);
  return { ...options, namedColumns: new Set([...options.namedColumns, ...namesInSteps(config)]) };
}

/** Names of columns that the steps mention, in whatever table: a column that only looks like an index is kept for them. */
function namesInSteps({ data }: Config): string[] {
  return (data.steps ?? []).flatMap(({ filter, derive, join, group, select, rename, dedupe }) => [
    ...[filter ?? [], Object.values(derive ?? {})].flat().flatMap(namesInExpression),
    ...[join?.on, join?.['as-of']?.time, join?.columns, group?.by, group?.time]
      .flatMap((pairs) => pairsOf(pairs ?? []))
      .flat(),
    ...Object.values(group?.rollup ?? {}).flatMap((rollup) => rollupOf(rollup).column ?? []),
    ...(Array.isArray(select) ? select : []),
    ...Object.keys(rename ?? {}),
    ...(dedupe ? (Array.isArray(dedupe) ? dedupe : dedupe.by) : []),
  ]);
}
