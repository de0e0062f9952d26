import type { LoadedModel } from '../served-model.ts';
import { type JsonSchema, listOf, numberOrNull, objectOf, reference, text } from './json-schema.ts';
import { columnsSchema, rowSchema } from './value-layouts.ts';

/** Requests and answers of MLflow's `/invocations`. */
export function mlflowSchemas(model: LoadedModel): Record<string, JsonSchema> {
  const { classes, features } = model;
  const names = features.map(({ name }) => name);
  const parameters: JsonSchema = { description: 'Not used.' };
  const body = (layout: string, schema: JsonSchema) =>
    objectOf({ [layout]: schema, params: parameters }, ['params']);
  return {
    MlflowRequest: {
      anyOf: [
        body('dataframe_records', listOf(reference('Record'))),
        body('instances', reference('Instances')),
        body('inputs', columnsSchema(model)),
        body(
          'dataframe_split',
          objectOf(
            {
              columns: { const: names },
              data: listOf(rowSchema(features)),
              index: { description: 'Not used.' },
            },
            ['index'],
          ),
        ),
      ],
    },
    MlflowResponse: objectOf(
      {
        predictions: listOf(reference('Prediction')),
        probabilities: listOf(listOf(numberOrNull)),
        warnings: listOf(reference('Problem')),
      },
      classes.length === 0 ? ['probabilities', 'warnings'] : ['warnings'],
    ),
    MlflowError: objectOf({ error_code: text, message: text, problems: listOf(reference('Problem')) }, [
      'problems',
    ]),
  };
}
