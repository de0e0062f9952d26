import { IntegrityError, quote } from '../../platform/errors.ts';
import type { NamedWeights, SavedNetwork, savedActivations } from './network-format.ts';

export type SavedActivation = (typeof savedActivations)[number];

/** One step of a prediction: every row of numbers becomes another, then goes through the activation. */
export type Stage = DenseStage | DiagonalStage;

/** x · kernel + bias. */
export interface DenseStage {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly units: number;
  /** Row-major inputs × units. */
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
  activation: SavedActivation;
}

/** x · scale + shift, number by number. */
export interface DiagonalStage {
  readonly kind: 'diagonal';
  readonly inputs: number;
  readonly units: number;
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  activation: SavedActivation;
}

type SavedLayer = SavedNetwork['modelTopology']['config']['layers'][number];
type DenseConfig = Extract<SavedLayer, { class_name: 'Dense' }>['config'];
type NormalisationConfig = Extract<SavedLayer, { class_name: 'BatchNormalization' }>['config'];

/**
 * A saved network as few dense steps: batch normalisation is folded into the dense layer before it (or stands as
 * a step of its own where an activation lies between), dropout vanishes, an activation layer joins its dense layer.
 *
 * @throws IntegrityError when a weight is missing, left over or of another shape than its layer says.
 */
export function stagesOf(saved: SavedNetwork, weights: NamedWeights): Stage[] {
  const stages: Stage[] = [];
  const unused = new Set(weights.keys());
  const take = (name: string, shape: readonly number[]): Float32Array => {
    const found = weights.get(name);
    if (!found)
      throw new IntegrityError(`model.json: the weight ${quote(name)} is missing from its manifest`);
    if (found.shape.join() !== shape.join()) {
      throw new IntegrityError(
        `model.json: the weight ${quote(name)} has shape [${found.shape.join(', ')}], its layer needs [${shape.join(', ')}]`,
      );
    }
    unused.delete(name);
    return found.values;
  };

  let width: number | undefined;
  for (const [i, layer] of saved.modelTopology.config.layers.entries()) {
    const declared = layer.config.batch_input_shape?.[1];
    if (declared !== undefined && i > 0) throw misplacedShape(layer.config.name);
    width ??= declared;
    if (width === undefined) {
      throw new IntegrityError('model.json: the first layer has no batch_input_shape [null, inputs]');
    }
    if (layer.class_name === 'Dense') {
      stages.push(denseStage(layer.config, width, take));
      width = layer.config.units;
    } else if (layer.class_name === 'BatchNormalization') {
      stages.push(...normalised(stages, layer.config, width, take));
    } else if (layer.class_name === 'Activation') {
      stages.push(...activatedStages(stages, layer.config.activation, width));
    }
  }
  if (stages.length === 0)
    throw new IntegrityError('model.json: the network has no layer that computes anything');
  const [leftOver] = unused;
  if (leftOver !== undefined) {
    throw new IntegrityError(`model.json: the weight ${quote(leftOver)} belongs to none of its layers`);
  }
  return stages;
}

function misplacedShape(name: string): IntegrityError {
  return new IntegrityError(`model.json: layer ${quote(name)} declares an input shape, but is not the first`);
}

type Take = (name: string, shape: readonly number[]) => Float32Array;

function denseStage(
  { name, units, activation, use_bias }: DenseConfig,
  inputs: number,
  take: Take,
): DenseStage {
  return {
    kind: 'dense',
    inputs,
    units,
    kernel: Float64Array.from(take(`${name}/kernel`, [inputs, units])),
    bias: use_bias ? Float64Array.from(take(`${name}/bias`, [units])) : new Float64Array(units),
    activation,
  };
}

/** Scales and shifts the last stage in place when nothing lies between; else answers a stage of its own. */
function normalised(stages: Stage[], config: NormalisationConfig, width: number, take: Take): Stage[] {
  const { name, epsilon } = config;
  const gamma = config.scale ? take(`${name}/gamma`, [width]) : new Float32Array(width).fill(1);
  const beta = config.center ? take(`${name}/beta`, [width]) : new Float32Array(width);
  const mean = take(`${name}/moving_mean`, [width]);
  const variance = take(`${name}/moving_variance`, [width]);
  const before = stages.at(-1);
  const own = before?.activation === 'linear' ? undefined : unchanged(width);
  const stage = own ?? before!;
  const shift = stage.kind === 'dense' ? stage.bias : stage.shift;
  const factors = stage.kind === 'dense' ? stage.kernel : stage.scale;
  for (let j = 0; j < width; j++) {
    if (!(variance[j]! + epsilon > 0)) {
      throw new IntegrityError(
        `weights.bin: ${quote(`${name}/moving_variance`)} has a variance of ${variance[j]}`,
      );
    }
    const scale = gamma[j]! / Math.sqrt(variance[j]! + epsilon);
    for (let k = j; k < factors.length; k += width) factors[k]! *= scale;
    shift[j] = (shift[j]! - mean[j]!) * scale + beta[j]!;
  }
  return own ? [own] : [];
}

function activatedStages(stages: Stage[], activation: SavedActivation, width: number): Stage[] {
  const before = stages.at(-1);
  if (before?.activation === 'linear') {
    before.activation = activation;
    return [];
  }
  return [{ ...unchanged(width), activation }];
}

function unchanged(width: number): DiagonalStage {
  const scale = new Float64Array(width).fill(1);
  return {
    kind: 'diagonal',
    inputs: width,
    units: width,
    scale,
    shift: new Float64Array(width),
    activation: 'linear',
  };
}
