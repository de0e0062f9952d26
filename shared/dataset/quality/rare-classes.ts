import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import { categoryCounts } from '../statistics/category-counts.ts';
import { columnOf } from '../table/table.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityCheck } from './quality-report.ts';

/**
 * A model's labels are published with it, so each needs as many training rows as any published value, unless ciclo.yml,
 * which is as public as the model, names it itself: `features.<target>.values`, `positive`.
 */
export function rareClassesCheck({ schema, train, config }: CheckedDataset): QualityCheck[] {
  const { target, classes } = schema;
  const column = columnOf(train, target);
  if (!classes || column.type !== 'category') return [];
  const declared = new Set([...(config.features[target]?.values ?? []), config.positive]);
  const rows = new Map(categoryCounts(column).categories.map(({ value, count }) => [value, count]));
  const rare = classes.filter(
    (label) => !declared.has(label) && (rows.get(label) ?? 0) < fewestPublishedRows,
  );
  if (rare.length === 0) return [];
  const named = rare.map((label) => `${label} (${counted(rows.get(label) ?? 0, 'row')})`);
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
