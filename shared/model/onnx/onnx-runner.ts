// ONNX models: their file checked, run by onnxruntime-node, their answers checked.
import { deriveColumns } from '../../dataset/derive/derive.ts';
import { compileRowDerivation, planDerivations } from '../../dataset/derive/derive-plan.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Row, Table, Value } from '../../dataset/table/table.ts';
import { modelColumns } from './model-columns.ts';
import { parseOnnx } from './onnx-file.ts';
import { bindInputs, type InputFeed } from './onnx-inputs.ts';
import { chooseOutput, readOutput } from './onnx-outputs.ts';
import { loadRuntime, type RuntimeTensor } from './runtime.ts';
import type { RuntimePlaces } from './runtime-places.ts';
import { runFailure, startSession } from './session.ts';
import type { TensorParts } from './tensor-data.ts';

/** The file of an ONNX model. */
export interface OnnxModel {
  /** model.onnx */
  readonly onnx: Uint8Array;
}

/** What an ONNX model is run with. */
export interface OnnxContext {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
}

/** A model that runs. Outputs are as those of other engines: of a binary task the second class's probability. */
export interface OnnxRunner {
  /** Row-major rows × outputs. */
  runTable(table: Table): Promise<Float64Array>;
  runRecord(row: Row): Promise<Float64Array>;
}

/** Rows that the runtime gets at once: enough for its speed, few enough that a large table fits. */
const blockRows = 8192;

/** A model's inputs and output, as far as its file tells them. */
function bindOnnx({ onnx }: OnnxModel, { schema, recipe }: OnnxContext) {
  const { task, classes = [] } = schema;
  const file = parseOnnx(onnx);
  return {
    inputs: bindInputs(file.inputs, modelColumns(schema, recipe), schema),
    output: chooseOutput(file.outputs, { task, classes }),
  };
}

/**
 * Checks a model's file against the schema, and starts it.
 *
 * @throws IntegrityError when the file is no model, its inputs are not the features, its outputs no predictions, or it needs
 *   a newer runtime; ConfigurationError when there is no runtime.
 */
export async function startOnnx(
  model: OnnxModel,
  { schema, recipe }: OnnxContext,
  places: RuntimePlaces,
): Promise<OnnxRunner> {
  const { inputs, output } = bindOnnx(model, { schema, recipe });
  const runtime = await loadRuntime(places);
  const session = await startSession(runtime, model.onnx);
  const plan = planDerivations(
    recipe.columns,
    recipe.derived,
    (name) => `recipe.json, derived column ${name}`,
  );
  const deriveRow = compileRowDerivation(plan);
  const placeOf = new Map(plan.derived.map(({ name }, place) => [name, place]));

  async function run(
    partsOf: (feed: InputFeed) => TensorParts,
    rows: { readonly rows: number; readonly first: number },
  ): Promise<Float64Array> {
    const feeds: Record<string, RuntimeTensor> = Object.create(null);
    for (const feed of inputs.feeds) {
      const { type, data, shape } = partsOf(feed);
      feeds[feed.name] = new runtime.Tensor(type, data, shape);
    }
    const answer = await session.run(feeds, [output.name]).catch((error: unknown) => {
      throw runFailure(error);
    });
    return readOutput(answer[output.name]!.data as ArrayLike<number>, output, { task: schema.task, ...rows });
  }

  return {
    async runTable(table) {
      const complete = deriveColumns(table, plan);
      const parts: Float64Array[] = [];
      const step = inputs.oneByOne ? 1 : blockRows;
      for (let from = 0; from < table.rows; from += step) {
        const to = Math.min(from + step, table.rows);
        const range = { table: complete, from, to };
        parts.push(await run((feed) => feed.ofRows(range), { rows: to - from, first: from }));
      }
      return joined(parts);
    },
    runRecord(row) {
      const derived = plan.derived.length > 0 ? deriveRow(row) : [];
      const value = (column: string): Value | undefined => {
        const place = placeOf.get(column);
        return place === undefined ? row[column] : derived[place];
      };
      return run((feed) => feed.ofRecord(value), { rows: 1, first: 0 });
    },
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
