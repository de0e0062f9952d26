import { activate, softmaxRows } from '../network/activations.ts';
import { rowsKernelBytes } from './generated/rows-kernel-bytes.ts';
import type { DenseStage, Stage } from './network-stages.ts';

/** What the module of assembly/ exports; addresses in bytes, lengths in numbers. */
interface RowsKernel {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  multiplyRows(
    x: number,
    stride: number,
    inputs: number,
    panels: number,
    bias: number,
    units: number,
    rows: number,
    wide: number,
    out: number,
    relu: number,
  ): void;
}

/** Predicts many rows: row-major rows × inputs to row-major rows × outputs. */
export type RowsNetwork = (x: Float32Array, rows: number, out: Float32Array) => void;

/** Rows that go through all layers together: their numbers stay in the processor's cache. A multiple of four. */
const blockRows = 64;

/** Weights and buffers of more bytes are not held a second time. */
const mostBytes = 2 ** 27;

const pageBytes = 65_536;

const padded = (length: number): number => (length + 3) & ~3;

/** A dense stage in the module's memory. */
interface PlacedStage extends Pick<DenseStage, 'inputs' | 'units' | 'activation'> {
  readonly panels: number;
  readonly bias: number;
}

/**
 * The same network in SIMD WebAssembly, for many rows at once: about twice as fast as row by row, with the same bits.
 *
 * @returns undefined where the network has other stages than dense ones or is very large, and where WebAssembly may not be
 *   compiled (a page's content security policy): then rows go one by one.
 */
export function createRowsNetwork(stages: readonly Stage[]): RowsNetwork | undefined {
  const dense = stages.filter((stage) => stage.kind === 'dense');
  if (dense.length < stages.length || bytesOf(dense) > mostBytes) return undefined;
  const kernel = startKernel();
  return kernel && placeNetwork(kernel, dense);
}

function startKernel(): RowsKernel | undefined {
  const bytes = Uint8Array.from(atob(rowsKernelBytes), (character) => character.charCodeAt(0));
  try {
    // WebAssembly's types know nothing of what a module exports.
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as RowsKernel;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

const widestOf = (stages: readonly DenseStage[]): number =>
  padded(Math.max(...stages.flatMap(({ inputs, units }) => [inputs, units])));

function bytesOf(stages: readonly DenseStage[]): number {
  const weights = stages.reduce((sum, { inputs, units }) => sum + (inputs + 1) * padded(units) * 8, 0);
  const widest = widestOf(stages);
  return weights + widest * 32 + 2 * blockRows * widest * 4;
}

function placeNetwork(kernel: RowsKernel, stages: readonly DenseStage[]): RowsNetwork {
  const { memory } = kernel;
  let free = (kernel.heapStart() + 15) & ~15;
  const needed = free + bytesOf(stages) - memory.buffer.byteLength;
  if (needed > 0) memory.grow(Math.ceil(needed / pageBytes));
  const take = (bytes: number): number => {
    const at = free;
    free += bytes;
    return at;
  };
  const placed = stages.map((stage): PlacedStage => {
    const panels = take(stage.inputs * padded(stage.units) * 8);
    const bias = take(padded(stage.units) * 8);
    writePanels(stage, new Float64Array(memory.buffer, panels, stage.inputs * padded(stage.units)));
    new Float64Array(memory.buffer, bias, stage.units).set(stage.bias);
    const { inputs, units, activation } = stage;
    return { inputs, units, activation, panels, bias };
  });
  const widest = widestOf(stages);
  const wide = take(widest * 32);
  const buffers = [take(blockRows * widest * 4), take(blockRows * widest * 4)] as const;
  return (x, rows, out) => {
    for (let from = 0; from < rows; from += blockRows) {
      runBlock(kernel, placed, { wide, buffers }, x, from, Math.min(blockRows, rows - from), out);
    }
  };
}

/** Four units at a time, of these each input's four weights; what a last panel lacks stays 0. */
function writePanels({ inputs, units, kernel }: DenseStage, panels: Float64Array): void {
  for (let unit = 0; unit < units; unit++) {
    const start = (unit - (unit % 4)) * inputs + (unit % 4);
    for (let input = 0; input < inputs; input++) panels[start + 4 * input] = kernel[input * units + unit]!;
  }
}

interface Buffers {
  /** Of the module's, for four rows in double precision. */
  readonly wide: number;
  /** For a block before and after a layer. */
  readonly buffers: readonly [number, number];
}

/** @param from the first of `count` rows, at most {@link blockRows}. */
function runBlock(
  { memory, multiplyRows }: RowsKernel,
  stages: readonly PlacedStage[],
  { wide, buffers }: Buffers,
  x: Float32Array,
  from: number,
  count: number,
  out: Float32Array,
): void {
  const width = stages[0]!.inputs;
  // Of a last block of 61 rows the kernel computes 64; what the three rows hold nobody reads.
  const rows = padded(count);
  new Float32Array(memory.buffer, buffers[0], count * width).set(
    x.subarray(from * width, (from + count) * width),
  );
  let input = buffers[0];
  let stride = width;
  for (let s = 0; s < stages.length; s++) {
    const { inputs, units, activation, panels, bias } = stages[s]!;
    const target = input === buffers[0] ? buffers[1] : buffers[0];
    const isRelu = activation === 'relu' ? 1 : 0;
    multiplyRows(input, stride, inputs, panels, bias, padded(units), rows, wide, target, isRelu);
    if (s < stages.length - 1 && activation !== 'relu' && activation !== 'softmax') {
      const sums = new Float32Array(memory.buffer, target, count * padded(units));
      activate(activation, sums, sums, sums.length);
    }
    input = target;
    stride = padded(units);
  }
  const { units, activation } = stages.at(-1)!;
  const answers = out.subarray(from * units, (from + count) * units);
  copyRows(new Float32Array(memory.buffer, input, count * stride), stride, units, answers);
  if (activation === 'softmax') softmaxRows(answers, count, units);
  else if (activation !== 'relu') activate(activation, answers, answers, answers.length);
}

function copyRows(from: Float32Array, stride: number, units: number, to: Float32Array): void {
  for (let start = 0, o = 0; o < to.length; start += stride) {
    for (let unit = 0; unit < units; unit++, o++) to[o] = from[start + unit]!;
  }
}
