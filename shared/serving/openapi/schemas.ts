import type { LoadedModel } from '../served-model.ts';
import {
  cellSchema,
  count,
  type JsonSchema,
  listOf,
  numberOrNull,
  objectOf,
  recordSchema,
  reference,
  text,
} from './json-schema.ts';
import { mlflowSchemas } from './mlflow-schemas.ts';
import { openInferenceSchemas } from './open-inference-schemas.ts';
import { tensorFlowSchemas } from './tensorflow-schemas.ts';
import { rowSchema } from './value-layouts.ts';

/** The schemas that operations refer to. */
export function componentSchemas(model: LoadedModel): Record<string, JsonSchema> {
  const { classes } = model;
  const prediction: JsonSchema =
    classes.length === 0 ? numberOrNull : { anyOf: [{ type: 'string', enum: classes }, { type: 'null' }] };
  return {
    Record: recordSchema(model),
    Instances: {
      anyOf: [
        listOf(recordSchema(model, cellSchema)),
        ...(model.order
          ? [
              listOf(rowSchema(model.features), {
                description: `Values in the order of the data's columns: ${model.order.join(', ')}.`,
              }),
            ]
          : []),
      ],
    },
    Problem: objectOf(
      { row: count, field: { type: ['string', 'null'] }, value: {}, allowed: text, message: text },
      ['value'],
    ),
    Error: objectOf({ error: text, problems: listOf(reference('Problem')), routes: listOf(text) }, [
      'problems',
      'routes',
    ]),
    Prediction: prediction,
    Predictions: objectOf(
      {
        predictions: listOf(reference('Prediction')),
        probabilities: listOf(objectOf(Object.fromEntries(classes.map((label) => [label, numberOrNull])))),
        warnings: listOf(reference('Problem')),
        more_warnings: count,
        model: objectOf({ name: text, version: text, digest: text }),
      },
      classes.length === 0 ? ['probabilities', 'more_warnings'] : ['more_warnings'],
    ),
    ...mlflowSchemas(model),
    ...openInferenceSchemas(model),
    ...tensorFlowSchemas(model),
  };
}
