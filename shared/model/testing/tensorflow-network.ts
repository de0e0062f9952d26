import type { TensorFlow } from '../engine/engine.ts';
import type { Architecture } from '../network/architecture.ts';
import { normalisationEpsilon } from '../network/batch-normalisation.ts';
import type { Parameters } from '../network/parameters.ts';

type Tensor = ReturnType<TensorFlow['relu']>;

/** A network and the rows of one batch. */
export interface TensorFlowProblem {
  readonly architecture: Architecture;
  readonly parameters: Parameters;
  readonly l2: number;
  /** Row-major rows × inputs. */
  readonly x: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array | undefined;
  /** Of each hidden layer that drops: rows × units. */
  readonly masks?: readonly (Float32Array | undefined)[];
}

/** A network's numbers as tensors: of each layer kernel, bias and, with batch normalisation, gamma. */
export function tensorFlowParameters(
  tf: TensorFlow,
  { architecture, parameters }: Pick<TensorFlowProblem, 'architecture' | 'parameters'>,
): Tensor[] {
  return parameters.layers.flatMap(({ kernel, bias, gamma }, l) => {
    const { inputs, units, batchNorm } = architecture.layers[l]!;
    const own: Tensor[] = [tf.tensor(kernel, [inputs, units]), tf.tensor(bias, [units])];
    return batchNorm ? [...own, tf.tensor(gamma, [units])] : own;
  });
}

/** The training loss, penalty included, in TensorFlow's own operations. */
export function tensorFlowLoss(
  tf: TensorFlow,
  { architecture: plan, l2, x, targets, weights, masks }: Omit<TensorFlowProblem, 'parameters'>,
  all: readonly Tensor[],
) {
  const rows = targets.length;
  let h: Tensor = tf.tensor2d(x, [rows, plan.inputs]);
  let penalty: Tensor = tf.scalar(0);
  let next = 0;
  for (const [l, layer] of plan.layers.entries()) {
    const kernel = all[next++]!;
    const bias = all[next++]!;
    let z = tf.matMul(h, kernel);
    if (layer.batchNorm) {
      const { mean, variance } = tf.moments(z, 0);
      const spread = tf.sqrt(tf.add(variance, normalisationEpsilon));
      z = tf.add(tf.mul(tf.div(tf.sub(z, mean), spread), all[next++]!), bias);
    } else z = tf.add(z, bias);
    penalty = tf.add(penalty, tf.mul(l2, tf.sum(tf.square(kernel))));
    h = l === plan.layers.length - 1 ? z : activation(tf, layer.activation, z);
    const mask = masks?.[l];
    if (mask) h = tf.mul(h, tf.tensor2d(mask, [rows, layer.units]));
  }
  const losses = rowLosses(tf, plan, h, targets);
  const weighted = tf.mul(tf.tensor1d(weights ?? new Float32Array(rows).fill(1)), losses);
  return tf.add(tf.mean(weighted), penalty).asScalar();
}

/** The loss and its gradients, differentiated by TensorFlow, in the order of {@link tensorFlowParameters}. */
export function tensorFlowGradients(tf: TensorFlow, problem: TensorFlowProblem) {
  const variables = tensorFlowParameters(tf, problem);
  const loss = (...all: Tensor[]) => tensorFlowLoss(tf, problem, all);
  const gradients = tf.grads(loss)(variables);
  return {
    loss: loss(...variables).dataSync()[0]!,
    gradients: gradients.map((g) => g.dataSync<'float32'>()),
  };
}

function activation(tf: TensorFlow, name: string, z: Tensor): Tensor {
  switch (name) {
    case 'swish':
      return tf.mul(z, tf.sigmoid(z));
    case 'gelu':
      return tf.mul(tf.mul(0.5, z), tf.add(1, tf.erf(tf.mul(z, Math.SQRT1_2))));
    case 'relu':
      return tf.relu(z);
    case 'tanh':
      return tf.tanh(z);
    case 'sigmoid':
      return tf.sigmoid(z);
    case 'elu':
      return tf.elu(z);
    case 'selu':
      return tf.selu(z);
    case 'softplus':
      return tf.softplus(z);
    default:
      throw new RangeError(name);
  }
}

function rowLosses(tf: TensorFlow, { layers, outputs }: Architecture, sums: Tensor, targets: Float32Array) {
  const output = layers.at(-1)!.activation;
  if (output === 'softmax') {
    const hot = tf.cast(tf.oneHot(tf.tensor1d(targets, 'int32'), outputs), 'float32');
    return tf.neg(tf.sum(tf.mul(hot, tf.logSoftmax(sums)), 1));
  }
  const z = tf.reshape(sums, [targets.length]);
  const y = tf.tensor1d(targets);
  return output === 'linear' ? tf.squaredDifference(z, y) : tf.sub(tf.softplus(z), tf.mul(y, z));
}
