import { ConfigurationError } from '../../platform/errors.ts';
import type { Kernel } from './kernel.ts';

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

/** Plans the memory of an instance that nothing else uses. */
export function createMemoryPlan(kernel: Kernel): MemoryPlan {
  let end = aligned(kernel.heapStart());
  return {
    take(length) {
      const address = end;
      end = aligned(end + 4 * length);
      return address;
    },
    open() {
      growTo(kernel, end);
      return new Float32Array(kernel.memory.buffer);
    },
  };
}

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function growTo(kernel: Kernel, bytes: number): void {
  const missing = Math.ceil(bytes / pageBytes) - kernel.memory.buffer.byteLength / pageBytes;
  if (missing <= 0) return;
  try {
    if (bytes > mostPages * pageBytes) throw new RangeError('WebAssembly addresses at most 4,096 MB');
    kernel.memory.grow(missing);
  } catch (error) {
    throw new ConfigurationError(
      `train.candidates: a network with a batch of its rows takes ${Math.ceil(bytes / 2 ** 20)} MB, which the kernel ` +
        `cannot have (${error instanceof Error ? error.message : error}): use fewer units, a smaller batch-size, or ` +
        'train.backend: node',
    );
  }
}
