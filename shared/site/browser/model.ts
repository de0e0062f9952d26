import { recordParser } from '../../dataset/schema/record.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Row } from '../../dataset/table/table.ts';
import type { LayersModel } from '../../model/predictor/layers-runner.ts';
import { createPredictor, type DirectEngineModel, type Prediction } from '../../model/predictor/predictor.ts';
import type { TreesModel } from '../../model/predictor/trees-runner.ts';
import type { PageEngine, PageMember, PageModelData } from '../data.ts';
import { type NumbersShape, unpackNumbers } from '../pack/engine-numbers.ts';
import { keepExpression } from './stand-ins/acorn.ts';

/** The model of the page: what the server runs, on the same bytes. */
export interface PageModel {
  predict(row: Row): Prediction;
  /** Of a record as the prediction server takes it. */
  predictRecord(record: unknown): PagePrediction;
}

/** The answer, or what is wrong with the record: a sentence for each field. */
export type PagePrediction = Prediction | { readonly problems: readonly string[] };

/** @throws RangeError or IntegrityError when the data is not whole. */
export function modelOf(schema: DatasetSchema, data: PageModelData): PageModel {
  for (const { text, parsed } of data.expressions) keepExpression(text, parsed);
  const { recipe, threshold } = data;
  const predictor = createPredictor({
    ...engineOf(data),
    schema,
    recipe,
    ...(threshold === undefined ? {} : { threshold }),
  });
  const parse = recordParser(schema);
  return {
    predict: predictor.predictRecord,
    predictRecord(record) {
      const { row, problems } = parse(record, 0);
      return row ? predictor.predictRecord(row) : { problems: problems.map(({ message }) => message) };
    },
  };
}

function engineOf({ engine, networks, numbers }: PageModelData): DirectEngineModel {
  const shapes = membersOf(engine).map((member) => shapeOf(member, networks));
  const files = unpackNumbers(bytesOf(numbers), shapes).map((bytes, i) => filesOf(shapes[i]!, bytes));
  if (!('parts' in engine)) return files[0]!;
  let member = 0;
  const parts = engine.parts.map(({ weight, target, members }, part) => ({
    // What a page says of a model, it does not take from here.
    ...{ name: `part ${part + 1}`, type: '', weight, target },
    members: members.map(({ recipe }) => ({
      engine: files[member++]!,
      recipe: recipe === undefined ? undefined : engine.recipes[recipe]!,
    })),
  }));
  return { parts };
}

/** In the order in which their numbers were packed. */
function membersOf(engine: PageEngine): PageMember[] {
  return 'parts' in engine
    ? engine.parts.flatMap(({ members }) => members.map(({ engine: own }) => own))
    : [engine];
}

function shapeOf(member: PageMember, networks: PageModelData['networks']): NumbersShape {
  return 'trees' in member ? member : { network: networks[member.network]! };
}

function filesOf(shape: NumbersShape, bytes: Uint8Array): LayersModel | TreesModel {
  return 'trees' in shape
    ? { trees: shape.trees, treesBin: bytes }
    : { modelJson: shape.network, weights: bytes };
}

function bytesOf(base64: string): Uint8Array {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** The number that charts show: the value, or one class's probability. */
export function chartedNumber(prediction: Prediction, label: string | undefined): number {
  if ('value' in prediction) return prediction.value;
  return label === undefined ? Number.NaN : (prediction.probabilities[label] ?? Number.NaN);
}
