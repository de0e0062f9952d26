import { recordParser } from '../../dataset/record.ts';
import type { DatasetSchema } from '../../dataset/schema.ts';
import type { Row } from '../../dataset/table.ts';
import { createPredictor, type Prediction } from '../../model/predictor.ts';
import type { PageData } from '../data.ts';
import { keepExpression } from './stand-ins/acorn.ts';

/** The model of the page: what the server runs, on the same bytes. */
export interface PageModel {
  readonly schema: DatasetSchema;
  readonly parse: ReturnType<typeof recordParser>;
  predict(row: Row): Prediction;
}

export function modelOf(data: PageData): PageModel {
  for (const { text, parsed } of data.expressions) keepExpression(text, parsed);
  const { schema, recipe, network } = data;
  const weights = Uint8Array.from(atob(data.weights), (character) => character.charCodeAt(0));
  const predictor = createPredictor({ schema, recipe, modelJson: network, weights });
  return { schema, parse: recordParser(schema), predict: predictor.predictRecord };
}

/** The number that charts show: the value, or one class's probability. */
export function measured(prediction: Prediction, label: string | undefined): number {
  if ('value' in prediction) return prediction.value;
  return label === undefined ? Number.NaN : (prediction.probabilities[label] ?? Number.NaN);
}
