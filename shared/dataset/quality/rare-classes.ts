import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import type { DatasetSchema } from '../schema/schema.ts';
import { categoryCounts } from '../statistics/category-counts.ts';
import { columnOf, type Table } from '../table/table.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityCheck } from './quality-report.ts';

/**
 * A model's labels are published with it, so each needs as many training rows as any published value, unless ciclo.yml,
 * which is as public as the model, names it itself: `features.<target>.values`, `positive`.
 */
export function rareClassesCheck({ schema, train, config }: CheckedDataset): QualityCheck[] {
  const { target, classes = [] } = schema;
  const declared = new Set([...(config.features[target]?.values ?? []), config.positive]);
  const rare = rareLabels(train, schema).filter(({ label }) => !declared.has(label));
  if (rare.length === 0) return [];
  const named = rare.map(({ label, rows }) => `${label} (${counted(rows, 'row')})`);
  const values = classes.length <= 20 ? classes.map(yamlText).join(', ') : '…';
  return [
    {
      check: 'rare-classes',
      column: target,
      status: 'fail',
      measured: rare.length,
      allowed: 0,
      message: `${target} has labels of fewer than ${fewestPublishedRows} training rows: ${listNames(named, 8)}. A model's labels are published, and nothing that fewer rows have. Collect more of them, merge them, or say that all labels may be published: features: { ${yamlText(target)}: { values: [${values}] } }`,
    },
  ];
}

/** A label, and how many training rows have it. */
export interface RareLabel {
  readonly label: string;
  readonly rows: number;
}

/** The labels of a classifier's target that fewer training rows have than a published value has. */
export function rareLabels(train: Table, { target, classes }: DatasetSchema): RareLabel[] {
  const column = columnOf(train, target);
  if (!classes || column.type !== 'category') return [];
  const counts = new Map(categoryCounts(column).categories.map(({ value, count }) => [value, count]));
  return classes
    .map((label) => ({ label, rows: counts.get(label) ?? 0 }))
    .filter(({ rows }) => rows < fewestPublishedRows);
}
