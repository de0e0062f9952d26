import { quote } from '../../platform/errors.ts';
import { goOn } from '../../platform/eventual.ts';
import type { RequestAnswer } from '../answers.ts';
import { problemsText } from '../problems.ts';
import {
  bodyObject,
  isObject,
  recordsOfColumns,
  recordsOfInstances,
  withAllFeatures,
} from '../record-layouts.ts';
import { badRequest } from '../request-error.ts';
import type { LoadedModel } from '../served-model.ts';
import { modelOutputs, tensorTypes } from './datatypes.ts';
import { askedModel, type Protocol, type ProtocolRoute, type ServingContext } from './protocol.ts';

/** The one signature that there is. */
const signature = 'serving_default';

/**
 * TensorFlow Serving's REST: status, metadata and `:predict`, by rows (`instances`) or by columns (`inputs`).
 *
 * https://www.tensorflow.org/tfx/serving/api_rest
 */
export function tensorFlowServingProtocol(context: ServingContext): Protocol {
  const model = `/v1/models/${context.name}`;
  return {
    // A version ends where a colon begins: `v1.2.0:predict` is not a version.
    routes: [...modelRoutes(context, model), ...modelRoutes(context, `${model}/versions/:version(^[^:]+)`)],
    errorBody: ({ message, details: { problems, routes } }) => ({
      error: problems ? `${message}: ${problemsText(problems)}` : message,
      ...(routes ? { routes } : {}),
    }),
  };
}

function modelRoutes(context: ServingContext, url: string): ProtocolRoute[] {
  return [
    {
      method: 'GET',
      url,
      open: true,
      handler: (request) => ({
        model_version_status: [
          {
            version: askedModel(context, request).version,
            state: context.ready() ? 'AVAILABLE' : 'UNLOADING',
            status: { error_code: 'OK', error_message: '' },
          },
        ],
      }),
    },
    { method: 'GET', url: `${url}/metadata`, handler: (request) => metadataOf(askedModel(context, request)) },
    {
      method: 'POST',
      // A colon is written twice where it begins no parameter.
      url: `${url}::predict`,
      handler: (request) => {
        const model = askedModel(context, request);
        const { records, columnar } = recordsOf(model, request.body);
        return goOn(context.answer(model, records, request), (answer) =>
          columnar ? columnAnswer(answer) : rowAnswer(answer),
        );
      },
    },
  ];
}

function recordsOf(model: LoadedModel, body: unknown): { records: readonly unknown[]; columnar: boolean } {
  const object = bodyObject(body, 'instances or inputs');
  const { signature_name: name, instances, inputs } = object;
  if (name !== undefined && name !== '' && name !== signature) {
    throw badRequest(`signature_name is ${quote(name)}; the signature is ${quote(signature)}`);
  }
  const other = Object.keys(object).find((key) => !['signature_name', 'instances', 'inputs'].includes(key));
  if (other !== undefined || (instances === undefined) === (inputs === undefined)) {
    const has = Object.keys(object).slice(0, 5).map(quote).join(', ') || 'nothing';
    throw badRequest(`the body has ${has}; write instances or inputs, and perhaps signature_name`);
  }
  if (instances !== undefined) {
    return { records: recordsOfInstances(model, instances, 'instances'), columnar: false };
  }
  const records = isObject(inputs)
    ? recordsOfColumns(withAllFeatures(model, inputs, 'inputs'), 'inputs')
    : recordsOfInstances(model, inputs, 'inputs');
  return { records, columnar: true };
}

/** One output gives its values, several an object of them in each row. */
export function rowAnswer({ predictions, probabilities, warnings }: RequestAnswer): object {
  return {
    predictions: probabilities
      ? predictions.map((prediction, row) => ({ prediction, probabilities: probabilities[row] }))
      : predictions,
    ...(warnings.listed.length > 0 ? { warnings: warnings.listed } : {}),
  };
}

function columnAnswer({ predictions, probabilities, warnings }: RequestAnswer): object {
  return {
    outputs: probabilities ? { prediction: predictions, probabilities } : predictions,
    ...(warnings.listed.length > 0 ? { warnings: warnings.listed } : {}),
  };
}

function metadataOf({ name, version, features, order, classes }: LoadedModel): object {
  const tensor = (of: string, dtype: string, sizes: readonly number[]) => ({
    dtype,
    tensor_shape: { dim: sizes.map((size) => ({ size: String(size), name: '' })), unknown_rank: false },
    name: of,
  });
  return {
    model_spec: { name, signature_name: '', version },
    metadata: {
      // Members of an object have no order: a column may be called 1.
      ...(order ? { column_order: order } : {}),
      signature_def: {
        signature_def: {
          [signature]: {
            inputs: Object.fromEntries(
              features.map((feature) => [
                feature.name,
                tensor(feature.name, tensorTypes[feature.type].tensorFlow, [-1]),
              ]),
            ),
            outputs: Object.fromEntries(
              modelOutputs(classes).map((output) => [
                output.name,
                tensor(
                  output.name,
                  tensorTypes[output.type].tensorFlow,
                  output.width === undefined ? [-1] : [-1, output.width],
                ),
              ]),
            ),
            method_name: 'tensorflow/serving/predict',
          },
        },
      },
    },
  };
}
