import type { LoadedModel } from '../served-model.ts';
import { type JsonSchema, listOf, numberOrNull, objectOf, reference } from './json-schema.ts';
import { columnsSchema } from './value-layouts.ts';

/** Requests and answers of TensorFlow Serving's REST interface. */
export function tensorFlowSchemas(model: LoadedModel): Record<string, JsonSchema> {
  const { classes } = model;
  const signature: JsonSchema = { type: 'string', enum: ['', 'serving_default'] };
  const row: JsonSchema =
    classes.length === 0
      ? reference('Prediction')
      : objectOf({ prediction: reference('Prediction'), probabilities: listOf(numberOrNull) });
  const columns: JsonSchema =
    classes.length === 0
      ? listOf(reference('Prediction'))
      : objectOf({
          prediction: listOf(reference('Prediction')),
          probabilities: listOf(listOf(numberOrNull)),
        });
  const warnings = listOf(reference('Problem'));
  return {
    TensorFlowRequest: {
      anyOf: [
        objectOf({ signature_name: signature, instances: reference('Instances') }, ['signature_name']),
        objectOf({ signature_name: signature, inputs: columnsSchema(model) }, ['signature_name']),
      ],
    },
    TensorFlowResponse: {
      anyOf: [
        objectOf({ predictions: listOf(row), warnings }, ['warnings']),
        objectOf({ outputs: columns, warnings }, ['warnings']),
      ],
    },
  };
}
