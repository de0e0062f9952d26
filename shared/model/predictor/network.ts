import { activate, softmaxRows } from '../network/activations.ts';
import { multiplyRows } from './dense-kernel.ts';
import { parseSavedNetwork, readWeights } from './network-format.ts';
import { type DiagonalStage, type Stage, stagesOf } from './network-stages.ts';
import { createRowsNetwork, type RowsNetwork } from './rows-network.ts';

/** A saved dense network that predicts without TensorFlow. */
export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  /** Numbers that a row is multiplied by. */
  readonly weights: number;
  /**
   * @param x row-major rows × inputs.
   * @returns row-major rows × outputs.
   * @throws RangeError when `x` does not hold rows × inputs numbers.
   */
  predict(x: Float32Array, rows: number): Float32Array;
  /** The same into an array of the caller's, without allocating. */
  predictInto(x: Float32Array, rows: number, out: Float32Array): void;
}

/** Rows that go through all layers together: their numbers stay in the processor's cache. */
const mostBlockRows = 64;

/** From so many rows on, they are worth the start of WebAssembly. */
const manyRows = 256;

/** Numbers of a block at most, whatever width a model.json claims. */
const blockNumbers = 2 ** 20;

/**
 * A predictor for model.json and weights.bin of TensorFlow.js's layers format: dense layers, batch normalisation,
 * dropout and activations in sequence. Agrees with TensorFlow to 1e-5.
 *
 * @throws IntegrityError when the files are not those of such a network.
 */
export function parseNetwork(modelJson: unknown, weights: Uint8Array): Network {
  const saved = parseSavedNetwork(modelJson);
  const stages = stagesOf(saved, readWeights(saved, weights));
  const inputs = stages[0]!.inputs;
  const outputs = stages.at(-1)!.units;
  const widest = Math.max(...stages.map((stage) => stage.units));
  const blockRows = Math.max(1, Math.min(mostBlockRows, Math.floor(blockNumbers / widest)));
  let rowsNetwork: RowsNetwork | 'none' | undefined;
  const buffers = [new Float32Array(blockRows * widest), new Float32Array(blockRows * widest)] as const;

  function predictInto(x: Float32Array, rows: number, out: Float32Array): void {
    if (x.length < rows * inputs || out.length < rows * outputs) {
      throw new RangeError(
        `cannot predict ${rows} rows: the network takes ${inputs} numbers a row and gives ${outputs}, ` +
          `the arrays hold ${x.length} and ${out.length}`,
      );
    }
    if (rows >= manyRows && rowsNetwork !== 'none') {
      rowsNetwork ??= createRowsNetwork(stages) ?? 'none';
      if (rowsNetwork !== 'none') {
        rowsNetwork(x, rows, out);
        return;
      }
    }
    for (let from = 0; from < rows; from += blockRows) {
      const count = Math.min(blockRows, rows - from);
      let input = x;
      let offset = from * inputs;
      for (let s = 0; s < stages.length; s++) {
        const target = s % 2 === 0 ? buffers[0] : buffers[1];
        runStage(stages[s]!, input, offset, count, target);
        input = target;
        offset = 0;
      }
      for (let k = 0, o = from * outputs; k < count * outputs; k++) out[o + k] = input[k]!;
    }
  }

  return {
    inputs,
    outputs,
    weights: stages.reduce((sum, stage) => sum + weightsOf(stage), 0),
    predictInto,
    predict(x, rows) {
      const out = new Float32Array(rows * outputs);
      predictInto(x, rows, out);
      return out;
    },
  };
}

function weightsOf(stage: Stage): number {
  return stage.kind === 'dense' ? stage.kernel.length : stage.units;
}

function runStage(stage: Stage, x: Float32Array, offset: number, rows: number, out: Float32Array): void {
  if (stage.kind === 'dense') multiplyRows(x, offset, rows, stage, out);
  else scaleRows(x, offset, rows, stage, out);
  if (stage.activation === 'softmax') softmaxRows(out, rows, stage.units);
  else activate(stage.activation, out, out, rows * stage.units);
}

function scaleRows(
  x: Float32Array,
  offset: number,
  rows: number,
  stage: DiagonalStage,
  out: Float32Array,
): void {
  const { units, scale, shift } = stage;
  for (let row = 0, k = 0; row < rows; row++) {
    for (let j = 0; j < units; j++, k++) out[k] = x[offset + k]! * scale[j]! + shift[j]!;
  }
}
