import { type Expression, parseExpressionAt } from 'acorn';
import { type ColumnSchema, featureColumns } from '../../dataset/schema/schema.ts';
import { parseSavedNetwork } from '../../model/predictor/network-format.ts';
import { createPredictor } from '../../model/predictor/predictor.ts';
import { day } from '../../platform/time-lengths.ts';
import type { FieldControl, FieldData, PageData } from '../data.ts';
import type { PipelineSite } from '../site-input.ts';
import { stepOf, typicalValue } from './typical-row.ts';

/** More categories than this are not a list to choose from. */
const longestChoice = 100;

/**
 * What the page predicts with. The model is checked whole: the page's script takes it as it is.
 *
 * @throws IntegrityError when the files are not a network of this schema, ConfigurationError when an expression of the
 * recipe is not allowed.
 */
export function pageDataOf(site: PipelineSite): PageData {
  const { schema, recipe, modelJson, weights } = site.model;
  createPredictor(site.model);
  const features = featureColumns(schema);
  const target = schema.columns.filter(({ role }) => role === 'target');
  return {
    // The columns that models do not see stay at home.
    schema: { ...schema, key: [], columns: [...features, ...target] },
    recipe,
    network: parseSavedNetwork(modelJson),
    weights: Buffer.from(weights).toString('base64'),
    expressions: recipe.derived.map(({ expression }) => ({ text: expression, parsed: parsed(expression) })),
    fields: fieldsOf(site, features),
    ...(site.uncertainty && schema.task === 'regression' ? { uncertainty: site.uncertainty } : {}),
  };
}

/** As the derivation parses it: see shared/dataset/derive/derive-syntax.ts, which has refused by now what is not allowed. */
function parsed(expression: string): Expression {
  return parseExpressionAt(expression, 0, { ecmaVersion: 2023 });
}

function fieldsOf(
  { model, profile, training }: PipelineSite,
  features: readonly ColumnSchema[],
): FieldData[] {
  const important = (training?.importance ?? []).map(({ feature }) => feature);
  const rank = (name: string): number => {
    const place = important.indexOf(name);
    return place < 0 ? important.length : place;
  };
  const order = features.map(({ name }) => name).toSorted((a, b) => rank(a) - rank(b));
  return features.map((column) => {
    const found = profile.columns.find(({ name }) => name === column.name);
    const span = spanOf(column);
    return {
      column,
      typical: typicalValue(column, profile, model.recipe),
      ...(span ? { span } : {}),
      ...(column.type === 'number' ? { step: sliderStep(stepOf(found), span) } : {}),
      control: controlOf(column),
      rank: order.indexOf(column.name),
    };
  });
}

/** What training saw; for a column that was never seen, what is allowed. */
function spanOf({ type, seen, range }: ColumnSchema): [number, number] | undefined {
  if (type !== 'number' && type !== 'date') return undefined;
  const [low, high] = seen ?? range ?? [null, null];
  return low !== null && high !== null && low < high ? [low, high] : undefined;
}

/** About a hundredth of the range, and no finer than the values are written. */
function sliderStep(finest: number, span: readonly [number, number] | undefined): number {
  if (!span) return finest;
  return Math.max(finest, Number(`1e${Math.floor(Math.log10((span[1] - span[0]) / 100))}`));
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
export function embeddedJson(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
