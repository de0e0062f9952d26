import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import { type ColumnTask, columnEvidenceOf } from '../../../shared/drift/drift-plan.ts';
import type { Evidence } from '../../../shared/drift/evidence/evidence.ts';
import { reusedMemory } from '../../../shared/drift/samples/memory.ts';
import type { LogEntry } from '../../../shared/platform/logger.ts';
import type { FileToRead } from '../read-file.ts';

/** What the second thread is asked to do. */
export type Request =
  | { readonly kind: 'read'; readonly file: FileToRead }
  | {
      readonly kind: 'compare';
      readonly tasks: readonly ColumnTask[];
      /** A counter in shared memory. */
      readonly claimed: Int32Array;
    };

/** What it answers, to one request after the other. */
export type ThreadAnswer =
  | { readonly kind: 'table'; readonly source: SourceTable; readonly log: readonly LogEntry[] }
  | { readonly kind: 'evidence'; readonly evidence: ClaimedEvidence }
  | { readonly kind: 'refused'; readonly message: string; readonly log: readonly LogEntry[] };

/** Evidence with the place of its task. */
export type ClaimedEvidence = readonly (readonly [task: number, evidence: Evidence])[];

/** Works out tasks that no other thread has claimed, as long as there are any. */
export function workOff(tasks: readonly ColumnTask[], claimed: Int32Array): ClaimedEvidence {
  const memory = reusedMemory();
  const done: [number, Evidence][] = [];
  for (let next = claim(claimed); next < tasks.length; next = claim(claimed)) {
    done.push([next, columnEvidenceOf(tasks[next]!, memory)]);
  }
  return done;
}

function claim(claimed: Int32Array): number {
  return Atomics.add(claimed, 0, 1);
}
