// /openapi.json: the server described by the schema of its model.
import { cicloVersion } from '../../platform/version.ts';
import type { LoadedModel } from '../served-model.ts';
import { type ModelExamples, modelExamples } from './examples.ts';
import { type JsonSchema, objectOf, reference } from './json-schema.ts';
import { operation } from './operation.ts';
import { componentSchemas } from './schemas.ts';

/**
 * The OpenAPI 3.1 document of a model's server: fields, ranges and categories from its schema, examples with its own
 * predictions.
 *
 * @param server.token whether requests need a bearer token.
 * @param server.metrics whether `/metrics` is there.
 */
export async function openApiDocument(
  model: LoadedModel,
  { token, metrics }: { readonly token: boolean; readonly metrics: boolean },
): Promise<object> {
  const { name, version, digest, schema } = model;
  const examples = await modelExamples(model);
  return {
    openapi: '3.1.0',
    info: {
      title: name,
      version,
      description: `Predicts ${schema.target} (${schema.task}). Model ${digest}, served by Ciclo ${cicloVersion}.`,
    },
    servers: [{ url: '/' }],
    paths: {
      ...plainPaths(examples),
      ...mlflowPaths(examples),
      ...openInferencePaths(model, examples),
      ...tensorFlowPaths(model, examples),
      ...operationsPaths(metrics),
    },
    components: {
      schemas: componentSchemas(model),
      ...(token ? { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } : {}),
    },
    ...(token ? { security: [{ bearer: [] }] } : {}),
  };
}

const anything: JsonSchema = { type: 'object' };

function plainPaths({ plain }: ModelExamples): object {
  const record = reference('Record');
  return {
    '/predict': {
      post: operation({
        id: 'predict',
        summary: 'Predict records',
        tag: 'Records',
        request: {
          schema: {
            anyOf: [
              record,
              { type: 'array', items: record },
              objectOf({ records: { type: 'array', items: record } }),
            ],
          },
          examples: plain.requests,
        },
        response: reference('Predictions'),
        example: plain.response,
        error: 'Error',
      }),
    },
  };
}

function mlflowPaths({ mlflow }: ModelExamples): object {
  const tag = 'MLflow';
  const error = 'MlflowError';
  const unavailable = reference(error);
  const probe = (id: string, summary: string) => ({
    get: operation({ id, summary, tag, error, open: true, unavailable }),
  });
  return {
    '/invocations': {
      post: operation({
        id: 'invocations',
        summary: 'Predict by MLflow’s protocol',
        tag,
        request: { schema: reference('MlflowRequest'), examples: mlflow.requests, csv: mlflow.csv },
        response: reference('MlflowResponse'),
        example: mlflow.response,
        error,
      }),
    },
    '/ping': probe('ping', 'Whether the server takes requests'),
    '/health': probe('health', 'Whether the server takes requests'),
    '/version': probe('version', 'Version of Ciclo'),
  };
}

function openInferencePaths(model: LoadedModel, { openInference }: ModelExamples): object {
  const tag = 'Open Inference Protocol v2';
  const error = 'InferenceError';
  const base = `/v2/models/${model.name}`;
  const get = (id: string, summary: string, more: object = {}) => ({
    get: operation({ id, summary, tag, response: anything, error, ...more }),
  });
  const ready = { open: true, unavailable: anything };
  const paths = (prefix: string, path: string, more: object) => ({
    [path]: get(`${prefix}Metadata`, 'The model’s tensors', more),
    [`${path}/ready`]: get(`${prefix}Ready`, 'Whether the model takes requests', { ...ready, ...more }),
    [`${path}/infer`]: {
      post: operation({
        id: `${prefix}Infer`,
        summary: 'Predict by tensors',
        tag,
        request: { schema: reference('InferenceRequest'), examples: openInference.requests },
        response: reference('InferenceResponse'),
        example: openInference.response,
        error,
        ...more,
      }),
    },
  });
  return {
    '/v2': get('server', 'The server'),
    '/v2/health/live': get('live', 'Whether the server runs', { open: true }),
    '/v2/health/ready': get('ready', 'Whether the server takes requests', ready),
    ...paths('model', base, {}),
    ...paths('modelVersion', `${base}/versions/{version}`, { version: model.version }),
  };
}

function tensorFlowPaths(model: LoadedModel, { tensorFlow }: ModelExamples): object {
  const tag = 'TensorFlow Serving';
  const error = 'InferenceError';
  const base = `/v1/models/${model.name}`;
  const paths = (prefix: string, path: string, more: object) => ({
    [path]: {
      get: operation({
        id: `${prefix}Status`,
        summary: 'State of the model’s versions',
        tag,
        response: anything,
        error,
        open: true,
        ...more,
      }),
    },
    [`${path}/metadata`]: {
      get: operation({
        id: `${prefix}Metadata`,
        summary: 'The model’s signature',
        tag,
        response: anything,
        error,
        ...more,
      }),
    },
    [`${path}:predict`]: {
      post: operation({
        id: `${prefix}Predict`,
        summary: 'Predict by rows or columns',
        tag,
        request: { schema: reference('TensorFlowRequest'), examples: tensorFlow.requests },
        response: reference('TensorFlowResponse'),
        example: tensorFlow.response,
        error,
        ...more,
      }),
    },
  });
  return {
    ...paths('tensorFlow', base, {}),
    ...paths('tensorFlowVersion', `${base}/versions/{version}`, { version: model.version }),
  };
}

function operationsPaths(metrics: boolean): object {
  const tag = 'Operations';
  const error = 'Error';
  return {
    '/openapi.json': {
      get: operation({ id: 'openapi', summary: 'This document', tag, response: anything, error }),
    },
    ...(metrics
      ? { '/metrics': { get: operation({ id: 'metrics', summary: 'Figures for Prometheus', tag, error }) } }
      : {}),
    '/profile': {
      get: operation({
        id: 'profile',
        summary: 'Profile of all predicted records, over the support of the training rows',
        tag,
        response: anything,
        error,
      }),
    },
  };
}
