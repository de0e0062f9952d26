import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import { modelOutputs, tensorTypes } from '../protocols/datatypes.ts';
import type { LoadedModel } from '../served-model.ts';
import {
  cellSchema,
  count,
  type JsonSchema,
  listOf,
  numberOrNull,
  objectOf,
  reference,
  text,
} from './json-schema.ts';

/** Requests and answers of the Open Inference Protocol, version 2. */
export function openInferenceSchemas({ features, classes }: LoadedModel): Record<string, JsonSchema> {
  const parameters: JsonSchema = { type: 'object' };
  const tensor = (column: ColumnSchema): JsonSchema =>
    objectOf(
      {
        name: { const: column.name },
        shape: { type: 'array', prefixItems: [count, { const: 1 }], items: false, minItems: 1 },
        datatype: { type: 'string', enum: tensorTypes[column.type].alsoTaken },
        parameters,
        data: listOf(cellSchema(column)),
      },
      ['parameters'],
    );
  const output = (name: string, datatype: string, data: JsonSchema) =>
    objectOf({
      name: { const: name },
      shape: listOf(count),
      datatype: { const: datatype },
      data: listOf(data),
    });
  const outputs = modelOutputs(classes);
  return {
    InferenceRequest: objectOf(
      {
        id: text,
        parameters,
        inputs: {
          type: 'array',
          description: 'One tensor for each feature, all of as many rows.',
          prefixItems: features.map(tensor),
          items: false,
          minItems: features.length,
        },
        outputs: listOf(
          objectOf({ name: { type: 'string', enum: outputs.map(({ name }) => name) }, parameters }, [
            'parameters',
          ]),
        ),
      },
      ['id', 'parameters', 'outputs'],
    ),
    InferenceResponse: objectOf(
      {
        model_name: text,
        model_version: text,
        id: text,
        parameters,
        outputs: listOf({
          anyOf: outputs.map(({ name, type }) =>
            output(
              name,
              tensorTypes[type].openInference,
              name === 'prediction' ? reference('Prediction') : numberOrNull,
            ),
          ),
        }),
      },
      ['id', 'parameters'],
    ),
    InferenceError: objectOf({ error: text, routes: listOf(text) }, ['routes']),
  };
}
