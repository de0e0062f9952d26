import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Table } from '../../shared/dataset/table/table.ts';
import { plainTable } from './peer-process.ts';

export interface StructurePeers {
  readonly versions: Readonly<Record<string, string>>;
  judge(
    reference: Table,
    current: Table,
  ): Promise<Readonly<Record<string, { readonly alarm: boolean; readonly named: boolean }>>>;
  end(): void;
}

/** Starts structure_peers.py; it judges one pair at a time. @param only `scipy`, without Evidently. */
export async function startStructurePeers(python: string, only: string | undefined): Promise<StructurePeers> {
  const child = spawn(
    python,
    [new URL('structure_peers.py', import.meta.url).pathname, ...(only === undefined ? [] : [only])],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done)
      throw new Error(`structure_peers.py by ${python} ended before its answer; run it by hand to see why`);
    return JSON.parse(value);
  };
  return {
    versions: (await next()) as StructurePeers['versions'],
    async judge(reference, current) {
      child.stdin.write(
        `${JSON.stringify({ reference: plainTable(reference), current: plainTable(current) })}\n`,
      );
      return (await next()) as Awaited<ReturnType<StructurePeers['judge']>>;
    },
    end: () => void child.stdin.end(),
  };
}
