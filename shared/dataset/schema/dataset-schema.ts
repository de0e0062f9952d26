// What a row of the dataset looks like, and records checked by it.
import { declaredKey } from '../../config/sections/data-section.ts';
import { standardMarkers } from '../../config/sections/missing-markers.ts';
import type { Config } from '../../config/sections/schema.ts';
import type { TextSettings } from '../../config/sections/sources/text-settings.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { listNames } from '../../text/nearest-name.ts';
import { columnOf, type Table } from '../table/table.ts';
import { type PositiveRules, positiveOfTarget } from './chosen-positive.ts';
import { columnSchema } from './column-schema.ts';
import type { ColumnSchema, DatasetSchema } from './schema.ts';
import { checkNumericTarget, classesOf } from './target-checks.ts';

/** What is known of the columns beside their values. */
interface ReadColumns {
  readonly key: readonly string[];
  /** How the texts of columns were read, see `typeColumns`. */
  readonly formats: ReadonlyMap<string, string>;
  /** All columns in the order of the data. */
  readonly order: readonly string[];
  /** Columns that a step of `data.steps` made or brought in, each with what did. */
  readonly made: ReadonlyMap<string, string>;
  /** Columns that only tell rows apart, of which ciclo.yml says nothing. */
  readonly hidden: ReadonlySet<string>;
  /** Columns of personal data that models may not see, whatever ciclo.yml says of them as features. */
  readonly personal: ReadonlySet<string>;
}

/**
 * What a row of the dataset looks like. Columns of `data.time`, `data.group` and an explicit `data.key` are inputs
 * of the model only when `features` declares them; excluded columns never are, nor those of personal data.
 *
 * @param table the rows kept.
 * @param train the training rows of it.
 * @throws ConfigurationError when the target cannot be learned, or ciclo.yml names a column that is not there.
 */
export function schemaOfTable(
  table: Table,
  train: Table,
  config: Config,
  frozen: ReadColumns & Omit<PositiveRules, 'config'>,
): DatasetSchema {
  const { key, formats, order, made, hidden, personal, lock, moving } = frozen;
  const classes =
    config.task === 'regression' ? undefined : classesOf(columnOf(table, config.target), config);
  const labels = columnOf(table, config.target);
  const positive =
    classes && labels.type === 'category' ? positiveOfTarget(labels, { config, lock, moving }) : undefined;
  if (classes === undefined) checkNumericTarget(columnOf(table, config.target), config.target);
  const columns = [...table.columns.keys()].map((name) =>
    columnSchema(name, train, {
      role: personal.has(name) ? 'ignored' : roleOf(name, config, hidden),
      config,
      format: formats.get(name),
      made: made.get(name),
    }),
  );
  const features = new Set(columns.filter(({ role }) => role === 'feature').map(({ name }) => name));
  const schema: DatasetSchema = {
    version: 1,
    task: config.task,
    target: config.target,
    key: [...key],
    columns,
    order: order.filter((name) => features.has(name)),
    ...(classes ? { classes } : {}),
    ...(positive === undefined ? {} : { positive }),
    ...(config.data.time === undefined ? {} : { time: config.data.time }),
    ...cellRulesOf(config),
  };
  if (
    !schema.columns.some((column) => column.role === 'feature') &&
    Object.keys(config.prepare.derive).length === 0
  ) {
    throw new ConfigurationError(
      `no feature is left: the columns are ${listNames([...table.columns.keys()])}; all of them are the target, excluded, personal data, or key, time or group that features does not declare`,
    );
  }
  return schema;
}

/** How cells of text were read, where it was not as usual. */
function cellRulesOf({ prepare, data }: Config): Pick<DatasetSchema, 'cells'> {
  const markers = prepare['missing-markers'];
  const usual = new Set(standardMarkers);
  const isUsual = new Set(markers).size === usual.size && markers.every((marker) => usual.has(marker));
  // Where steps make the rows of several sources, rows to predict are of none of them.
  const { decimal, thousands } = (data.source ?? {}) as TextSettings;
  const cells: DatasetSchema['cells'] = {
    ...(isUsual ? {} : { missing: [...markers] }),
    ...(prepare.trim ? {} : { spaces: 'kept' }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(thousands === undefined ? {} : { thousands }),
  };
  return Object.keys(cells).length === 0 ? {} : { cells };
}

function roleOf(name: string, config: Config, hidden: ReadonlySet<string>): ColumnSchema['role'] {
  const { data, target, prepare, features } = config;
  if (name === target) return 'target';
  if (prepare.exclude.includes(name)) return 'ignored';
  if (Object.hasOwn(features, name)) return 'feature';
  return hidden.has(name) || name === data.time || name === data.group || declaredKey(data).includes(name)
    ? 'ignored'
    : 'feature';
}
