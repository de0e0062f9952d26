// The dense kernel: TypeScript around the WebAssembly of assembly/.
import { kernelBytes } from './generated/kernel-bytes.ts';

/** What the kernel's module exports; addresses and strides in bytes, lengths in numbers (see assembly/). */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  product(
    a: number,
    aRow: number,
    aInner: number,
    b: number,
    bRow: number,
    start: number,
    startRow: number,
    c: number,
    cRow: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  transpose(source: number, rows: number, columns: number, target: number): void;
  activate(kind: number, z: number, h: number, length: number): void;
  multiplyByDerivative(kind: number, z: number, h: number, d: number, length: number): void;
  clearPadding(h: number, rows: number, units: number, padded: number): void;
  loss(
    kind: number,
    sums: number,
    rows: number,
    outputs: number,
    padded: number,
    targets: number,
    weights: number,
    batch: number,
    gradient: number,
  ): number;
  normaliseBatch(
    z: number,
    rows: number,
    units: number,
    gamma: number,
    beta: number,
    movingMean: number,
    movingVariance: number,
    normalised: number,
    inverse: number,
    epsilon: number,
    momentum: number,
  ): void;
  normaliseWithMoving(
    z: number,
    rows: number,
    units: number,
    gamma: number,
    beta: number,
    movingMean: number,
    movingVariance: number,
    epsilon: number,
  ): void;
  normalisationGradient(
    d: number,
    rows: number,
    units: number,
    gamma: number,
    normalised: number,
    inverse: number,
    gammaGradient: number,
    betaGradient: number,
  ): void;
  multiply(a: number, b: number, out: number, length: number): void;
  sumColumns(values: number, rows: number, columns: number, start: number, out: number): void;
  penalise(weights: number, gradient: number, length: number, l2: number): number;
  adam(
    weights: number,
    gradient: number,
    first: number,
    second: number,
    length: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  decay(weights: number, length: number, share: number): void;
  follow(averages: number, values: number, length: number, share: number): void;
}

/** The numbers that the kernel knows activations by. */
export const activationKinds = {
  linear: 0,
  relu: 1,
  tanh: 2,
  sigmoid: 3,
  elu: 4,
  selu: 5,
  softplus: 6,
  swish: 7,
  gelu: 8,
} as const;

/** The numbers that the kernel knows losses by, named by the output that each belongs to. */
export const lossKinds = { linear: 0, sigmoid: 1, softmax: 2 } as const;

/** Compiles the kernel; from one module come as many instances, each with its own memory, as are wanted. */
export function compileKernel(): WebAssembly.Module {
  return new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'));
}

/** An instance with a memory of its own. */
export function startKernel(module: WebAssembly.Module): Kernel {
  // WebAssembly's types know nothing of what a module exports; a test calls every function.
  return new WebAssembly.Instance(module).exports as unknown as Kernel;
}

/** The least multiple of four that is not smaller. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
