import { ConfigurationError } from '../../platform/errors.ts';

/** A module's instance whose memory nothing else uses. */
export interface Instance {
  readonly memory: WebAssembly.Memory;
  /** The first byte that the module does not use itself. */
  heapStart(): number;
}

const pageBytes = 65_536;
const mostPages = 65_536;

/** Where arrays lie in a kernel's memory: addresses first, then the memory, which grows once. */
export interface MemoryPlan {
  /** The address, in bytes, of `length` numbers in single precision; zero when the memory is new. */
  take(length: number): number;
  /**
   * All of the memory as numbers, after every array has been taken.
   *
   * @throws ConfigurationError when there is not so much memory.
   */
  open(): Float32Array;
}

/** What to tell of a plan of so many MB that cannot be had. */
type Refusal = (megabytes: number, reason: string) => string;

const networkRefusal: Refusal = (megabytes, reason) =>
  `train.candidates: a network with a batch of its rows takes ${megabytes} MB, which the kernel cannot have (${reason}): ` +
  'use fewer units, a smaller batch-size, or train.backend: node';

/**
 * Plans the memory of an instance.
 *
 * @param refusal what to tell when there is not so much memory.
 */
export function createMemoryPlan(kernel: Instance, refusal: Refusal = networkRefusal): MemoryPlan {
  let end = aligned(kernel.heapStart());
  return {
    take(length) {
      const address = end;
      end = aligned(end + 4 * length);
      return address;
    },
    open() {
      growTo(kernel, end, refusal);
      return new Float32Array(kernel.memory.buffer);
    },
  };
}

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function growTo(kernel: Instance, bytes: number, refusal: Refusal): void {
  const missing = Math.ceil(bytes / pageBytes) - kernel.memory.buffer.byteLength / pageBytes;
  if (missing <= 0) return;
  try {
    if (bytes > mostPages * pageBytes) throw new RangeError('WebAssembly addresses at most 4,096 MB');
    kernel.memory.grow(missing);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(refusal(Math.ceil(bytes / 2 ** 20), reason));
  }
}
