import { type Expression, parseExpressionAt } from 'acorn';
import { presentColumns } from '../../dataset/profile/present-columns.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import { spanOf, stepOf, typicalValue } from '../../dataset/recipe/typical-row.ts';
import { type ColumnSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { LayersModel } from '../../model/predictor/layers-runner.ts';
import type { DirectBundle } from '../../model/predictor/model-bundle.ts';
import { parseSavedNetwork } from '../../model/predictor/network-format.ts';
import { createPredictor } from '../../model/predictor/predictor.ts';
import type { TreesModel } from '../../model/predictor/trees-runner.ts';
import { treeHeaderSchema } from '../../model/trees/tree-file.ts';
import { day } from '../../platform/time-lengths.ts';
import type { FieldControl, FieldData, PageData, PageEngine, PageMember } from '../data.ts';
import type { PipelineSite } from '../site-input.ts';

/** More categories than this are not a list to choose from. */
const longestChoice = 100;

/**
 * What the page predicts with. The model is checked whole: the page's script takes it as it is.
 *
 * @throws IntegrityError when the files are not a network of this schema, ConfigurationError when an expression of the
 * recipe is not allowed.
 */
export function pageDataOf(site: PipelineSite, model: DirectBundle): PageData {
  const { schema, recipe, threshold } = model;
  createPredictor(model);
  const features = featureColumns(schema);
  const target = schema.columns.filter(({ role }) => role === 'target');
  return {
    // The columns that models do not see stay at home.
    schema: { ...schema, key: [], columns: [...features, ...target] },
    recipe,
    engine: engineOf(model),
    ...(threshold === undefined || threshold === 0.5 ? {} : { threshold }),
    expressions: expressionsOf(model).map((text) => ({ text, parsed: parsed(text) })),
    fields: fieldsOf(site, features),
    present: [...presentColumns(site.profile)],
    ...(site.uncertainty && schema.task === 'regression' ? { uncertainty: site.uncertainty } : {}),
  };
}

function engineOf(model: DirectBundle): PageEngine {
  if (!('parts' in model)) return memberOf(model);
  const recipes = recipesOf(model);
  const parts = model.parts.map(({ weight, target, members }) => ({
    weight,
    ...(target === undefined ? {} : { target }),
    members: members.map(({ engine, recipe }) => ({
      engine: memberOf(engine),
      ...(recipe === undefined || recipe === model.recipe ? {} : { recipe: recipes.indexOf(recipe) }),
    })),
  }));
  return { recipes, parts };
}

/** The recipes of an ensemble's members that are not the model's own. */
function recipesOf(model: DirectBundle): Recipe[] {
  if (!('parts' in model)) return [];
  const all = model.parts.flatMap(({ members }) => members.flatMap(({ recipe }) => recipe ?? []));
  return [...new Set(all)].filter((recipe) => recipe !== model.recipe);
}

function memberOf(engine: LayersModel | TreesModel): PageMember {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return 'trees' in engine
    ? { trees: treeHeaderSchema.parse(engine.trees), treesBin: base64(engine.treesBin) }
    : { network: parseSavedNetwork(engine.modelJson), weights: base64(engine.weights) };
}

/** Every expression that some recipe of the model has, once. */
function expressionsOf(model: DirectBundle): string[] {
  const derived = [model.recipe, ...recipesOf(model)].flatMap((recipe) => recipe.derived);
  return [...new Set(derived.map(({ expression }) => expression))];
}

/** As the derivation parses it: see shared/dataset/derive/derive-syntax.ts, which has refused by now what is not allowed. */
function parsed(expression: string): Expression {
  return parseExpressionAt(expression, 0, { ecmaVersion: 2023 });
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
export function embeddedJson(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
