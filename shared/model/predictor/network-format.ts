import { z } from 'zod';
import { IntegrityError, quote } from '../../platform/errors.ts';

/** Activations that a saved network may name. */
export const savedActivations = [
  'linear',
  'relu',
  'tanh',
  'sigmoid',
  'elu',
  'selu',
  'softplus',
  'swish',
  'gelu',
  'softmax',
] as const;

const size = z.int().min(1).max(1_000_000);
const name = z.string().min(1).max(200);
const activation = z.enum(savedActivations);
const inputShape = z.tuple([z.null(), size]).optional();

const dense = z.object({
  class_name: z.literal('Dense'),
  config: z.object({
    name,
    units: size,
    activation: activation.default('linear'),
    use_bias: z.boolean().default(true),
    batch_input_shape: inputShape,
  }),
});

const normalisation = z.object({
  class_name: z.literal('BatchNormalization'),
  config: z.object({
    name,
    axis: z.union([z.literal(-1), z.literal(1), z.tuple([z.literal(1)])]).default(-1),
    epsilon: z.number().min(0).max(1).default(1e-3),
    center: z.boolean().default(true),
    scale: z.boolean().default(true),
    batch_input_shape: inputShape,
  }),
});

const activationLayer = z.object({
  class_name: z.literal('Activation'),
  config: z.object({ name, activation, batch_input_shape: inputShape }),
});

const passing = z.object({
  class_name: z.enum(['InputLayer', 'Dropout']),
  config: z.object({ name, batch_input_shape: inputShape }),
});

const weight = z.object({
  name,
  shape: z.array(size).min(1).max(2),
  dtype: z.literal('float32'),
});

/** As much of TensorFlow.js's layers format as a dense network needs. */
export const savedModelSchema = z.object({
  format: z.literal('layers-model').optional(),
  modelTopology: z.object({
    class_name: z.literal('Sequential'),
    config: z.object({
      layers: z
        .array(z.discriminatedUnion('class_name', [dense, normalisation, activationLayer, passing]))
        .min(1)
        .max(200),
    }),
  }),
  weightsManifest: z.array(z.object({ weights: z.array(weight).max(1000) })).length(1),
});

export type SavedNetwork = z.output<typeof savedModelSchema>;

/** Float32 numbers of weights.bin, by name. */
export type NamedWeights = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly values: Float32Array }
>;

/**
 * Reads the topology of a model.json.
 *
 * @throws IntegrityError naming the first place that a dense network's model.json would not have.
 */
export function parseSavedNetwork(modelJson: unknown): SavedNetwork {
  const parsed = savedModelSchema.safeParse(modelJson);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new IntegrityError(
    `model.json: cannot read the network at ${issue.path.join('.') || 'its root'}: ${issue.message}`,
  );
}

/**
 * Cuts weights.bin by its manifest.
 *
 * @throws IntegrityError when the sizes do not add up, a name comes twice, or a weight is not a finite number.
 */
export function readWeights({ weightsManifest }: SavedNetwork, bytes: Uint8Array): NamedWeights {
  const specs = weightsManifest[0]!.weights;
  const lengthOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
  const expected = specs.reduce((sum, { shape }) => sum + 4 * lengthOf(shape), 0);
  if (bytes.byteLength !== expected) {
    throw new IntegrityError(
      `weights.bin: model.json declares ${expected} bytes, the file has ${bytes.byteLength}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const result = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  let offset = 0;
  for (const { name, shape } of specs) {
    if (result.has(name)) throw new IntegrityError(`model.json: the weight ${quote(name)} is declared twice`);
    const values = new Float32Array(lengthOf(shape));
    for (let i = 0; i < values.length; i++, offset += 4) values[i] = view.getFloat32(offset, true);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new IntegrityError(
        `weights.bin: number ${bad} of ${quote(name)} is ${values[bad]}; a trained network has finite weights only`,
      );
    }
    result.set(name, { shape, values });
  }
  return result;
}
