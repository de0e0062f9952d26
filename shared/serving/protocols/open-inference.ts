import { goOn } from '../../platform/eventual.ts';
import { cicloVersion } from '../../platform/version.ts';
import { problemsText } from '../problems.ts';
import { badRequest } from '../request-error.ts';
import type { LoadedModel } from '../served-model.ts';
import { modelOutputs, tensorTypes } from './datatypes.ts';
import { inferenceRequest, inferenceResponse } from './open-inference-tensors.ts';
import { askedModel, type Protocol, type ProtocolRoute, type ServingContext } from './protocol.ts';

/**
 * The Open Inference Protocol, version 2, by JSON.
 *
 * https://github.com/open-inference/open-inference-protocol
 */
export function openInferenceProtocol(context: ServingContext): Protocol {
  const model = `/v2/models/${context.name}`;
  return {
    routes: [
      {
        method: 'GET',
        url: '/v2',
        handler: () => ({ name: 'ciclo', version: cicloVersion, extensions: [] }),
      },
      { method: 'GET', url: '/v2/health/live', open: true, handler: () => ({ live: true }) },
      {
        method: 'GET',
        url: '/v2/health/ready',
        open: true,
        handler: (_request, reply) => {
          const ready = context.ready();
          void reply.code(ready ? 200 : 503);
          return { ready };
        },
      },
      ...modelRoutes(context, model),
      ...modelRoutes(context, `${model}/versions/:version`),
    ],
    errorBody: ({ message, details: { problems, routes } }) => ({
      error: problems ? `${message}: ${problemsText(problems)}` : message,
      ...(routes ? { routes } : {}),
    }),
  };
}

function modelRoutes(context: ServingContext, url: string): ProtocolRoute[] {
  return [
    { method: 'GET', url, handler: (request) => metadataOf(askedModel(context, request)) },
    {
      method: 'GET',
      url: `${url}/ready`,
      open: true,
      handler: (request, reply) => {
        const { name } = askedModel(context, request);
        const ready = context.ready();
        void reply.code(ready ? 200 : 503);
        return { name, ready };
      },
    },
    {
      method: 'POST',
      url: `${url}/infer`,
      handler: (request) => {
        if (request.headers['inference-header-content-length'] !== undefined) {
          throw badRequest('binary tensor data is not taken: send the tensors as JSON (binary_data: false)');
        }
        const model = askedModel(context, request);
        const asked = inferenceRequest(model, request.body);
        return goOn(context.answer(model, asked.records, request), (answer) =>
          inferenceResponse(answer, asked),
        );
      },
    },
  ];
}

function metadataOf({ name, version, features, order, classes }: LoadedModel): object {
  return {
    name,
    versions: [version],
    platform: 'ciclo',
    ...(order ? { parameters: { column_order: order } } : {}),
    inputs: features.map((feature) => ({
      name: feature.name,
      datatype: tensorTypes[feature.type].openInference,
      shape: [-1],
    })),
    outputs: modelOutputs(classes).map((output) => ({
      name: output.name,
      datatype: tensorTypes[output.type].openInference,
      shape: output.width === undefined ? [-1] : [-1, output.width],
    })),
  };
}
