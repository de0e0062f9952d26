import { quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import type { RequestAnswer } from '../answers.ts';
import { problemsText } from '../problems.ts';
import {
  bodyObject,
  isObject,
  onlyMembers,
  recordsOfColumns,
  scalar,
  withAllFeatures,
} from '../record-layouts.ts';
import { badRequest } from '../request-error.ts';
import type { LoadedModel } from '../served-model.ts';
import { type ModelOutput, modelOutputs, tensorTypes } from './datatypes.ts';

/** An inference request of the Open Inference Protocol, read. */
export interface InferenceRequest {
  readonly id: string | undefined;
  readonly records: readonly unknown[];
  readonly outputs: readonly ModelOutput[];
}

/** Members of a request, a tensor and a requested output. */
const members = {
  request: ['id', 'parameters', 'inputs', 'outputs'],
  tensor: ['name', 'shape', 'datatype', 'parameters', 'data'],
  output: ['name', 'parameters'],
};

/**
 * Reads the body of `infer`: one tensor for each feature, of the shape [rows] or [rows, 1]; null stands for a missing
 * value.
 *
 * @throws RequestError that names the tensor and what is wrong with it.
 */
export function inferenceRequest(model: LoadedModel, body: unknown): InferenceRequest {
  const request = onlyMembers(bodyObject(body, 'inputs, a list of tensors'), members.request, 'the body');
  const { id, inputs } = request;
  if (id !== undefined && typeof id !== 'string') throw badRequest(`id is ${quote(id)}; write a text`);
  checkParameters(request.parameters, 'parameters');
  if (!Array.isArray(inputs)) throw badRequest(`inputs is ${quote(inputs)}; write a list of tensors`);
  const columns: Record<string, unknown> = Object.create(null);
  inputs.forEach((tensor, i) => {
    const { name, values } = readTensor(model, tensor, `inputs[${i}]`);
    if (Object.hasOwn(columns, name)) throw badRequest(`inputs has two tensors named ${quote(name)}`);
    columns[name] = values;
  });
  return {
    id,
    records: recordsOfColumns(withAllFeatures(model, columns, 'inputs'), 'inputs'),
    outputs: askedOutputs(model, request.outputs),
  };
}

function checkParameters(value: unknown, what: string): void {
  if (value !== undefined && !isObject(value))
    throw badRequest(`${what} is ${quote(value)}; write an object`);
}

function readTensor(model: LoadedModel, value: unknown, what: string): { name: string; values: unknown[] } {
  if (!isObject(value)) throw badRequest(`${what} is ${quote(value)}; write ${members.tensor.join(', ')}`);
  const { name, shape, datatype, data, parameters } = onlyMembers(value, members.tensor, what);
  if (typeof name !== 'string') throw badRequest(`${what}.name is ${quote(name)}; write a feature's name`);
  const place = `${what} (${quote(name)})`;
  checkParameters(parameters, `${place}.parameters`);
  if (!isShape(shape)) throw badRequest(`${place}.shape is ${quote(shape)}; write [rows] or [rows, 1]`);
  checkDatatype(model, name, datatype, place);
  if (!Array.isArray(data)) throw badRequest(`${place}.data is ${quote(data)}; write a list of values`);
  const values: unknown[] = data.map(scalar);
  if (values.length !== shape[0]) {
    throw badRequest(`${place} has the shape ${quote(shape)} and ${values.length} values; they must agree`);
  }
  return { name, values: (datatype as string).includes('INT') ? values.map(wholeNumber(place)) : values };
}

function isShape(value: unknown): value is [number] | [number, 1] {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2) return false;
  return Number.isSafeInteger(value[0]) && value[0] >= 0 && (value.length === 1 || value[1] === 1);
}

function checkDatatype({ features }: LoadedModel, name: string, datatype: unknown, place: string): void {
  const feature = features.find((one) => one.name === name);
  if (!feature) {
    const names = features.map((one) => one.name);
    throw badRequest(
      `${place} is not a feature${didYouMean(name, names)}; the features are ${listNames(names)}`,
    );
  }
  const taken = tensorTypes[feature.type].alsoTaken;
  if (typeof datatype === 'string' && taken.includes(datatype)) return;
  throw badRequest(`${place}.datatype is ${quote(datatype)}; write ${taken.join(', ')}`);
}

function wholeNumber(place: string): (value: unknown) => unknown {
  return (value) => {
    if (typeof value !== 'number' || Number.isInteger(value)) return value;
    throw badRequest(`${place} is of whole numbers and holds ${value}; use FP64`);
  };
}

function askedOutputs({ classes }: LoadedModel, asked: unknown): readonly ModelOutput[] {
  const all = modelOutputs(classes);
  if (asked === undefined) return all;
  if (!Array.isArray(asked)) throw badRequest(`outputs is ${quote(asked)}; write a list of { "name": … }`);
  if (asked.length === 0) return all;
  return asked.map((one, i) => {
    const what = `outputs[${i}]`;
    if (!isObject(one)) throw badRequest(`${what} is ${quote(one)}; write { "name": … }`);
    const { name, parameters } = onlyMembers(one, members.output, what);
    checkParameters(parameters, `${what}.parameters`);
    const found = all.find((output) => output.name === name);
    if (found) return found;
    throw badRequest(
      `${what}.name is ${quote(name)}; the outputs are ${all.map((output) => output.name).join(', ')}`,
    );
  });
}

/** The body that answers an inference request. Warnings are a parameter, as texts. */
export function inferenceResponse(answer: RequestAnswer, { id, outputs }: InferenceRequest): object {
  const { model, predictions, probabilities, warnings } = answer;
  const rows = predictions.length;
  return {
    model_name: model.name,
    model_version: model.version,
    ...(id === undefined ? {} : { id }),
    ...(warnings.listed.length === 0 ? {} : { parameters: { warnings: problemsText(warnings) } }),
    outputs: outputs.map(({ name, type, width }) => ({
      name,
      shape: width === undefined ? [rows] : [rows, width],
      datatype: tensorTypes[type].openInference,
      data: name === 'prediction' ? predictions : (probabilities?.flat() ?? []),
    })),
  };
}
