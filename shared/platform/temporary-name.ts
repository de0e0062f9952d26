import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Of the machine, so that processes of two containers that share a folder are not taken for each other. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

const pattern = /^\.([a-z]+)-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp(\.old)?$/;

/** What is written by another machine is left alone for so long. Milliseconds. */
const patience = 24 * 60 * 60 * 1000;

/** A name for what is written beside its place and then renamed: it says which process writes it. */
export function temporaryName(kind: string): string {
  return `.${kind}-${machine}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** What a temporary name says. */
export interface TemporaryName {
  readonly kind: string;
  /** Written by this very process. */
  readonly own: boolean;
  /** A former result that stepped aside for a moment, and belongs back where the new one did not arrive. */
  readonly aside: boolean;
  /** Whether nobody writes it any more. @param age milliseconds since it was last changed. */
  isAbandoned(age: number): boolean;
}

/** Reads a temporary name; undefined for any other. */
export function parseTemporaryName(name: string): TemporaryName | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [, kind, where, pid, old] = match;
  const here = where === machine;
  return {
    kind: kind!,
    own: here && Number(pid) === process.pid,
    aside: old !== undefined,
    // A process that took the number of one that died keeps its leftovers, which is no harm.
    isAbandoned: (age) => (here ? !isAlive(Number(pid)) : age > patience),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
