import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A group of processes that together have no more than so much memory: beyond it the system ends them. */
export interface MemoryGroup {
  /** A line of shell that enters it and becomes the program of its arguments. */
  readonly enter: string;
  remove(): void;
}

/** @returns undefined where groups cannot be made: without root, or without the system's leave. */
export function memoryGroup(name: string, bytes: number): MemoryGroup | undefined {
  const root = '/sys/fs/cgroup';
  const second = existsSync(path.join(root, 'cgroup.controllers'));
  const folder = path.join(root, ...(second ? [name] : ['memory', name]));
  const limits = second
    ? { 'memory.max': String(bytes), 'memory.swap.max': '0' }
    : { 'memory.limit_in_bytes': String(bytes) };
  try {
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  const remove = (): void => rmdirSync(folder);
  try {
    for (const [file, value] of Object.entries(limits)) writeFileSync(path.join(folder, file), value);
  } catch {
    remove();
    return undefined;
  }
  return { enter: `echo $$ >${folder}/cgroup.procs && exec "$@"`, remove };
}
