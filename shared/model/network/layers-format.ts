import type { Architecture } from './architecture.ts';
import { normalisationEpsilon, normalisationMomentum } from './batch-normalisation.ts';
import type { Parameters } from './parameters.ts';
import type { TargetScale } from './target-scale.ts';

/** One array in weights.bin. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/** One layer of a Keras topology. */
export interface LayerSpec {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** model.json of TensorFlow.js's layers format: a topology and where its weights lie. */
export interface ModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: null;
  readonly modelTopology: {
    readonly class_name: 'Sequential';
    readonly config: { readonly name: string; readonly layers: readonly LayerSpec[] };
    readonly keras_version: string;
    readonly backend: string;
  };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightSpec[];
  }[];
}

/** A model as two files. */
export interface SavedModel {
  readonly modelJson: ModelJson;
  /** weights.bin: float32, little-endian, in the manifest's order. */
  readonly weights: Uint8Array;
}

/**
 * Writes a trained network in TensorFlow.js's layers format, which `tf.loadLayersModel` reads. Layer names are
 * counted, nothing is dated: equal networks are equal bytes.
 *
 * @param scale of a regression's target: folded into the last layer, so that outputs are in the target's units.
 */
export function saveNetwork(
  architecture: Architecture,
  parameters: Parameters,
  scale?: TargetScale,
): SavedModel {
  const layers: LayerSpec[] = [];
  const arrays: { spec: WeightSpec; values: ArrayLike<number> }[] = [];
  const add = (name: string, shape: number[], values: ArrayLike<number>) =>
    void arrays.push({ spec: { name, shape, dtype: 'float32' }, values });
  const last = architecture.layers.length - 1;

  for (const [l, plan] of architecture.layers.entries()) {
    const own = l === last && scale ? inTargetUnits(parameters, l, scale) : parameters.layers[l]!;
    const moving = parameters.moving[l]!;
    const name = l === last ? 'output' : `dense_${l + 1}`;
    const shape = l === 0 ? { batch_input_shape: [null, plan.inputs], dtype: 'float32' } : {};
    const activation = plan.batchNorm ? 'linear' : plan.activation;
    const useBias = !plan.batchNorm;
    layers.push(layer('Dense', { name, ...shape, units: plan.units, activation, use_bias: useBias }));
    add(`${name}/kernel`, [plan.inputs, plan.units], own.kernel);
    if (plan.batchNorm) {
      const norm = `normalisation_${l + 1}`;
      const config = { axis: -1, momentum: normalisationMomentum, epsilon: normalisationEpsilon };
      layers.push(layer('BatchNormalization', { name: norm, ...config, center: true, scale: true }));
      layers.push(layer('Activation', { name: `activation_${l + 1}`, activation: plan.activation }));
      add(`${norm}/gamma`, [plan.units], own.gamma);
      add(`${norm}/beta`, [plan.units], own.bias);
      add(`${norm}/moving_mean`, [plan.units], moving.mean);
      add(`${norm}/moving_variance`, [plan.units], moving.variance);
    } else {
      add(`${name}/bias`, [plan.units], own.bias);
    }
    if (plan.dropout > 0) layers.push(layer('Dropout', { name: `dropout_${l + 1}`, rate: plan.dropout }));
  }
  return {
    modelJson: modelJsonOf(
      layers,
      arrays.map(({ spec }) => spec),
    ),
    weights: bytesOf(arrays),
  };
}

function layer(className: string, config: Record<string, unknown>): LayerSpec {
  return { class_name: className, config: { ...config, trainable: true } };
}

function modelJsonOf(layers: LayerSpec[], weights: WeightSpec[]): ModelJson {
  return {
    format: 'layers-model',
    generatedBy: 'Ciclo',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'ciclo', layers },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
}

/** output · deviation + mean, as weights of the last layer. */
function inTargetUnits(parameters: Parameters, layer: number, { mean, deviation }: TargetScale) {
  const { kernel, bias, gamma } = parameters.layers[layer]!;
  return {
    kernel: Float64Array.from(kernel, (value) => value * deviation),
    bias: Float64Array.from(bias, (value) => value * deviation + mean),
    gamma,
  };
}

function bytesOf(arrays: { values: ArrayLike<number> }[]): Uint8Array {
  const length = arrays.reduce((sum, { values }) => sum + values.length, 0);
  const bytes = new Uint8Array(length * 4);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const { values } of arrays) {
    for (let i = 0; i < values.length; i++, offset += 4) view.setFloat32(offset, values[i]!, true);
  }
  return bytes;
}
