import { type Expression, parseExpressionAt } from 'acorn';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { LayersModel } from '../../model/predictor/layers-runner.ts';
import type { DirectBundle } from '../../model/predictor/model-bundle.ts';
import { parseSavedNetwork, type SavedNetwork } from '../../model/predictor/network-format.ts';
import { createPredictor } from '../../model/predictor/predictor.ts';
import type { TreesModel } from '../../model/predictor/trees-runner.ts';
import { treeHeaderSchema } from '../../model/trees/tree-file.ts';
import type { PageEngine, PageMember, PageModelData } from '../data.ts';
import { type NumbersShape, packNumbers } from '../pack/engine-numbers.ts';

type Engine = LayersModel | TreesModel;

/**
 * What the page predicts with. The model is checked whole: the page's script takes it as it is.
 *
 * @throws IntegrityError when the files are not a model of this schema, ConfigurationError when an expression of the
 * recipe is not allowed.
 */
export function modelDataOf(model: DirectBundle): PageModelData {
  const { recipe, threshold } = model;
  createPredictor(model);
  const engines = enginesOf(model).map((engine) => ({ engine, shape: shapeOf(engine) }));
  const networks = networksOf(engines.map(({ shape }) => shape));
  const numbers = engines.map(({ engine, shape }) => ({ ...shape, bytes: bytesOf(engine) }));
  return {
    recipe,
    ...(threshold === undefined || threshold === 0.5 ? {} : { threshold }),
    expressions: expressionsOf(model).map((text) => ({ text, parsed: parsed(text) })),
    networks: [...networks.values()].map(({ network }) => network),
    engine: engineOf(model, (engine) => memberOf(shapeOf(engine), networks)),
    numbers: Buffer.from(packNumbers(numbers)).toString('base64'),
  };
}

/** In the order in which their numbers are packed. */
function enginesOf(model: DirectBundle): Engine[] {
  return 'parts' in model
    ? model.parts.flatMap(({ members }) => members.map(({ engine }) => engine))
    : [model];
}

function shapeOf(engine: Engine): NumbersShape {
  return 'trees' in engine
    ? { trees: treeHeaderSchema.parse(engine.trees) }
    : { network: parseSavedNetwork(engine.modelJson) };
}

function bytesOf(engine: Engine): Uint8Array {
  return 'trees' in engine ? engine.treesBin : engine.weights;
}

type Networks = ReadonlyMap<string, { readonly network: SavedNetwork; readonly place: number }>;

/** The networks of a blend are alike but for their weights: each once, by its text. */
function networksOf(shapes: readonly NumbersShape[]): Networks {
  const networks = new Map<string, { network: SavedNetwork; place: number }>();
  for (const shape of shapes) {
    if (!('network' in shape)) continue;
    const { network } = shape;
    const text = JSON.stringify(network);
    if (!networks.has(text)) networks.set(text, { network, place: networks.size });
  }
  return networks;
}

function memberOf(shape: NumbersShape, networks: Networks): PageMember {
  return 'trees' in shape ? shape : { network: networks.get(JSON.stringify(shape.network))!.place };
}

function engineOf(model: DirectBundle, memberOf: (engine: Engine) => PageMember): PageEngine {
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

/** Every expression that some recipe of the model has, once. */
function expressionsOf(model: DirectBundle): string[] {
  const derived = [model.recipe, ...recipesOf(model)].flatMap((recipe) => recipe.derived);
  return [...new Set(derived.map(({ expression }) => expression))];
}

/** As the derivation parses it: see shared/dataset/derive/derive-syntax.ts, which has refused by now what is not allowed. */
function parsed(expression: string): Expression {
  return parseExpressionAt(expression, 0, { ecmaVersion: 2023 });
}
