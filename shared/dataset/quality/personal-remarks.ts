import { formatCount } from '../../text/counts.ts';
import { isRoleDeclared } from '../identity/identifiers.ts';
import { isPersonalAllowed, personalKind, personalWords } from '../personal/personal-columns.ts';
import { columnOf } from '../table/table.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark } from './quality-report.ts';

/**
 * Columns of personal data that are no features, or are because ciclo.yml allows it. No value of them is quoted. Columns
 * that ciclo.yml gives another part than that of a feature (key, time, group, excluded) go without saying.
 *
 * @param personal the columns, by name.
 */
export function personalRemarks(
  { table, columns, config }: CheckedDataset,
  personal: readonly string[],
): QualityRemark[] {
  return personal
    .filter((name) => !isRoleDeclared(name, config) || Object.hasOwn(config.features, name))
    .map((name): QualityRemark => {
      const kind = personalKind(name, columnOf(table, name));
      const distinct = columns.find((column) => column.name === name)?.distinct ?? 0;
      const words = kind === undefined ? 'personal data, by ciclo.lock' : personalWords[kind];
      const found = `${name} looks like ${words} (${formatCount(distinct)} different values)`;
      const message = isPersonalAllowed(name, config)
        ? `${found} and is a feature, because prepare.checks.personal allows it: a model may remember what it learned of single persons`
        : `${found}, so models do not see it. If it is none, or they may, say so: prepare: { checks: { personal: { allowed: [${yamlText(name)}] } } }; prepare.exclude: [${yamlText(name)}] ends this remark`;
      return { column: name, kind: 'personal', message };
    });
}
