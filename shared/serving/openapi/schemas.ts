import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import { modelOutputs, tensorTypes } from '../protocols/datatypes.ts';
import type { LoadedModel } from '../served-model.ts';
import { cellSchema, type JsonSchema, listOf, objectOf, recordSchema, reference } from './json-schema.ts';

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const numberOrNull: JsonSchema = { type: ['number', 'null'] };

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

function mlflowSchemas(model: LoadedModel): Record<string, JsonSchema> {
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

/** A list of values for each feature; all of one length, which a schema cannot say. */
function columnsSchema({ schema, features }: LoadedModel): JsonSchema {
  const others = schema.columns.filter(({ role }) => role !== 'feature').map(({ name }) => name);
  return objectOf(
    {
      ...Object.fromEntries(features.map((column) => [column.name, listOf(cellSchema(column))])),
      ...Object.fromEntries(others.map((name) => [name, listOf({})])),
    },
    others,
  );
}

/** A row's values in the order of the data's columns. */
function rowSchema(features: readonly ColumnSchema[]): JsonSchema {
  return {
    type: 'array',
    prefixItems: features.map((column) => cellSchema(column)),
    items: false,
    minItems: features.length,
  };
}

function openInferenceSchemas({ features, classes }: LoadedModel): Record<string, JsonSchema> {
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

function tensorFlowSchemas(model: LoadedModel): Record<string, JsonSchema> {
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
