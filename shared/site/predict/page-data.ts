import { presentColumns } from '../../dataset/profile/present-columns.ts';
import { spanOf, stepOf, typicalValue } from '../../dataset/recipe/typical-row.ts';
import { type ColumnSchema, featureColumns } from '../../dataset/schema/schema.ts';
import { day } from '../../platform/time-lengths.ts';
import type { FieldControl, FieldData, PageData, PageModelData } from '../data.ts';
import type { PipelineSite } from '../site-input.ts';

/** More categories than this are not a list to choose from. */
const longestChoice = 100;

/** What the form is made of, and its answers are shown by. */
export function pageDataOf(site: PipelineSite): PageData {
  const { schema } = site.model;
  const features = featureColumns(schema);
  const target = schema.columns.filter(({ role }) => role === 'target');
  return {
    // The columns that models do not see stay at home.
    schema: { ...schema, key: [], columns: [...features, ...target] },
    fields: fieldsOf(site, features),
    present: [...presentColumns(site.profile)],
    ...(site.uncertainty && schema.task === 'regression' ? { uncertainty: site.uncertainty } : {}),
  };
}

function fieldsOf({ model, training }: PipelineSite, features: readonly ColumnSchema[]): FieldData[] {
  const important = (training?.importance ?? []).map(({ feature }) => feature);
  const rank = (name: string): number => {
    const place = important.indexOf(name);
    return place < 0 ? important.length : place;
  };
  const order = features.map(({ name }) => name).toSorted((a, b) => rank(a) - rank(b));
  const fields = features.map((column) => {
    const span = spanOf(column);
    return {
      column,
      typical: typicalValue(column, model.recipe),
      ...(span ? { span } : {}),
      ...(column.type === 'number' ? { step: stepOf(column, model.recipe) } : {}),
      control: controlOf(column),
      rank: order.indexOf(column.name),
    };
  });
  return fields.toSorted((a, b) => a.rank - b.rank);
}

function controlOf({ type, categories, seen }: ColumnSchema): FieldControl {
  switch (type) {
    case 'category':
      return categories && categories.length > 0 && categories.length <= longestChoice ? 'choice' : 'text';
    case 'date':
      return seen?.every((time) => time % day === 0) ? 'date' : 'time';
    default:
      return type;
  }
}

/** JSON that can stand inside a script element whatever texts it holds. */
export function embeddedJson(data: PageData | PageModelData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
