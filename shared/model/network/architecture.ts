import type { NeuralNetworkCandidate } from '../../config/sections/candidates/neural-network-candidate.ts';

/** Activation functions that networks are trained with, by their Keras names. */
export type HiddenActivation = NeuralNetworkCandidate['activation'];

/** What the last layer's sums become: a number, one probability, or one probability per class. */
export type OutputActivation = 'linear' | 'sigmoid' | 'softmax';

/** One dense layer: `activation(batchNorm(x · kernel + bias))`, then dropout. */
export interface LayerPlan {
  readonly inputs: number;
  readonly units: number;
  readonly activation: HiddenActivation | OutputActivation;
  /** Normalises over the batch before the activation; its shift replaces the bias. */
  readonly batchNorm: boolean;
  /** Share of this layer's outputs dropped while training. */
  readonly dropout: number;
}

/** A dense network from input to output; the last layer is the output. */
export interface Architecture {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly LayerPlan[];
}

/**
 * What the last layer's sums become.
 *
 * @throws RangeError where that is an activation of hidden layers.
 */
export function outputActivationOf({ layers }: Architecture): OutputActivation {
  const activation = layers.at(-1)?.activation;
  if (activation === 'linear' || activation === 'sigmoid' || activation === 'softmax') return activation;
  throw new RangeError(`a network ends in linear, sigmoid or softmax, not ${activation}`);
}

/** What a candidate says about its hidden layers; a linear model has none. */
export interface HiddenLayers {
  readonly layers: readonly number[];
  readonly activation: HiddenActivation;
  readonly dropout: number | readonly number[];
  readonly 'batch-norm': boolean;
}

/** A network with the candidate's hidden layers and the task's output. */
export function architectureOf(
  inputs: number,
  hidden: HiddenLayers | undefined,
  output: { readonly units: number; readonly activation: OutputActivation },
): Architecture {
  const layers: LayerPlan[] = [];
  let width = inputs;
  for (const [i, units] of (hidden?.layers ?? []).entries()) {
    const dropout = typeof hidden!.dropout === 'number' ? hidden!.dropout : (hidden!.dropout[i] ?? 0);
    layers.push({
      inputs: width,
      units,
      activation: hidden!.activation,
      batchNorm: hidden!['batch-norm'],
      dropout,
    });
    width = units;
  }
  layers.push({
    inputs: width,
    units: output.units,
    activation: output.activation,
    batchNorm: false,
    dropout: 0,
  });
  return { inputs, outputs: output.units, layers };
}
