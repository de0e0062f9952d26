import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Column, Table } from '../../shared/dataset/table/table.ts';

/** What a judge says of a pair of tables. */
export interface Judged {
  readonly alarm: boolean;
  /** Columns that drifted, in any chunk. */
  readonly columns: readonly string[];
  /** Share of chunks in which any column did. */
  readonly chunks?: number;
}

export type Verdict = Judged | { readonly error: string };

export const peerNames = ['evidently', 'evidently-any', 'nannyml', 'nannyml-sized'] as const;

export interface PeerProcess {
  readonly versions: Readonly<Record<string, string>>;
  judge(reference: Table, current: Table): Promise<Record<(typeof peerNames)[number], Verdict>>;
  end(): void;
}

function plainColumn(column: Column): object {
  if (column.type === 'category') return { codes: [...column.codes], levels: column.dictionary };
  if (column.type === 'number')
    return { values: [...column.values].map((x) => (Number.isNaN(x) ? null : x)) };
  throw new TypeError(`a column for the peers is ${column.type}; expected numbers or categories`);
}

/** A table as peers in Python read it. */
export const plainTable = ({ columns }: Table): object =>
  Object.fromEntries([...columns].map(([name, column]) => [name, plainColumn(column)]));

/** Starts peers.py; it judges one pair at a time. */
export async function startPeers(python: string): Promise<PeerProcess> {
  const child = spawn(python, [new URL('peers.py', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`peers.py by ${python} ended before its answer; run it by hand to see why`);
    return value;
  };
  const versions = JSON.parse(await next()) as Record<string, string>;
  return {
    versions,
    async judge(reference, current) {
      child.stdin.write(
        `${JSON.stringify({ reference: plainTable(reference), current: plainTable(current) })}\n`,
      );
      return JSON.parse(await next()) as Record<(typeof peerNames)[number], Verdict>;
    },
    end: () => void child.stdin.end(),
  };
}
