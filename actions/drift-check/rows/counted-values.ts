import { type ArrivedRows, lenientConfig } from '../../../shared/dataset/monitored-rows.ts';
import type { Profile } from '../../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { ColumnType } from '../../../shared/dataset/table/table.ts';
import { markersOf } from '../../../shared/source/missing.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countedProfile } from '../../../shared/sql/counted-profile.ts';
import type { CountedValue } from '../../../shared/sql/dialect.ts';
import { valueExpression } from '../../../shared/sql/value-expression.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { keyedOptions } from './current-rows.ts';

/** Why rows have to be read after all, in words. */
export interface NotCountable {
  readonly why: string;
}

/** The model's columns of an engine's rows. */
export interface ValuesIn {
  readonly counted: ReadonlyMap<string, CountedValue>;
  readonly where: readonly string[];
  /** Columns of another type than the model's, as rows that were read have them. */
  readonly retyped: ReadonlyMap<string, ColumnType>;
}

/** The model's columns in SQL, cleaned. */
export function valuesIn(
  { columns, dialect }: SourceEngine,
  schema: DatasetSchema,
  { pipeline, arrived }: { readonly pipeline: Pipeline; readonly arrived: ArrivedRows },
): ValuesIn | NotCountable {
  const { config } = pipeline.loaded;
  const options = keyedOptions(config, pipeline.lock);
  const lenient = lenientConfig(config, arrived);
  const counted = new Map<string, CountedValue>();
  const where: string[] = [];
  const retyped = new Map<string, ColumnType>();
  for (const { name, type, role, format } of schema.columns) {
    const column = columns.find((one) => one.name === name);
    if (!column) continue;
    const value = valueExpression(dialect, column, {
      type,
      markers: markersOf(options, name),
      trim: options.trim,
      asText: options.textColumns.has(name),
      feature: lenient.features[name],
    });
    if (arrived.retyped.includes(name)) retyped.set(name, arrived.table.columns.get(name)!.type);
    else if (value && format === undefined) {
      counted.set(name, value);
      where.push(...value.where);
    } else if (role === 'ignored' && lenient.features[name] === undefined) continue;
    else {
      return {
        why: `${name} is ${column.kind === 'text' ? 'a text' : `a ${column.kind}`} there and a ${type} of the model: a cast in the query would do`,
      };
    }
  }
  return { counted, where, retyped };
}

/** The profile of rows over a reference's support. */
export async function profileIn(
  engine: SourceEngine,
  reference: Profile,
  {
    conditions,
    values,
    retyped,
  }: {
    readonly conditions: readonly string[];
    readonly values: ValuesIn['counted'];
    readonly retyped: ValuesIn['retyped'];
  },
): Promise<Profile> {
  const profile = await countedProfile(reference, {
    dialect: engine.dialect,
    rows: { query: engine.query, where: conditions },
    values,
    ask: (sql) => engine.ask(sql),
    scan: engine.scan,
  });
  const columns = profile.columns.map((column) => {
    const type = retyped.get(column.name);
    return type === undefined ? column : { ...column, found: type };
  });
  return { ...profile, columns };
}
