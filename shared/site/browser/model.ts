import { recordParser } from '../../dataset/schema/record.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Row } from '../../dataset/table/table.ts';
import type { LayersModel } from '../../model/predictor/layers-runner.ts';
import { createPredictor, type DirectEngineModel, type Prediction } from '../../model/predictor/predictor.ts';
import type { TreesModel } from '../../model/predictor/trees-runner.ts';
import type { PageData, PageEngine, PageMember } from '../data.ts';
import { keepExpression } from './stand-ins/acorn.ts';

/** The model of the page: what the server runs, on the same bytes. */
export interface PageModel {
  readonly schema: DatasetSchema;
  readonly parse: ReturnType<typeof recordParser>;
  predict(row: Row): Prediction;
  /** Of a record as the prediction server takes it. */
  predictRecord(record: unknown): PagePrediction;
}

/** The answer, or what is wrong with the record: a sentence for each field. */
export type PagePrediction = Prediction | { readonly problems: readonly string[] };

export function modelOf(data: PageData): PageModel {
  for (const { text, parsed } of data.expressions) keepExpression(text, parsed);
  const { schema, recipe, engine, threshold } = data;
  const predictor = createPredictor({
    ...engineOf(engine),
    schema,
    recipe,
    ...(threshold === undefined ? {} : { threshold }),
  });
  const parse = recordParser(schema, { present: new Set(data.present) });
  return {
    schema,
    parse,
    predict: predictor.predictRecord,
    predictRecord(record) {
      const { row, problems } = parse(record, 0);
      return row ? predictor.predictRecord(row) : { problems: problems.map(({ message }) => message) };
    },
  };
}

function engineOf(engine: PageEngine): DirectEngineModel {
  if (!('parts' in engine)) return memberOf(engine);
  const parts = engine.parts.map(({ weight, target, members }, part) => ({
    // What a page says of a model, it does not take from here.
    ...{ name: `part ${part + 1}`, type: '', weight, target },
    members: members.map(({ engine: own, recipe }) => ({
      engine: memberOf(own),
      recipe: recipe === undefined ? undefined : engine.recipes[recipe]!,
    })),
  }));
  return { parts };
}

function memberOf(engine: PageMember): LayersModel | TreesModel {
  return 'trees' in engine
    ? { trees: engine.trees, treesBin: bytesOf(engine.treesBin) }
    : { modelJson: engine.network, weights: bytesOf(engine.weights) };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The number that charts show: the value, or one class's probability. */
export function chartedNumber(prediction: Prediction, label: string | undefined): number {
  if ('value' in prediction) return prediction.value;
  return label === undefined ? Number.NaN : (prediction.probabilities[label] ?? Number.NaN);
}
