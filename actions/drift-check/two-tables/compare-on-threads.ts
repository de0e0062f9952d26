import { inSharedMemory } from '../../../shared/dataset/table/shared-memory.ts';
import type { DriftInput } from '../../../shared/drift/drift-input.ts';
import { type ColumnTask, planDrift } from '../../../shared/drift/drift-plan.ts';
import type { Evidence } from '../../../shared/drift/evidence/evidence.ts';
import type { DriftReport } from '../../../shared/drift/report/drift-report.ts';
import type { DriftOptions } from '../../../shared/drift/verdict/drift-options.ts';
import type { SecondThread } from '../second-thread/second-thread.ts';
import { workOff } from '../second-thread/thread-messages.ts';

/** What `compareTables` gives, to the last bit, by two threads: each takes the next column that no one has. */
export async function compareOnThreads(
  input: DriftInput,
  options: DriftOptions | undefined,
  thread: SecondThread,
): Promise<DriftReport> {
  const plan = planDrift(
    {
      ...input,
      tables: {
        ...(input.tables?.reference ? { reference: inSharedMemory(input.tables.reference) } : {}),
        ...(input.tables?.current ? { current: inSharedMemory(input.tables.current) } : {}),
      },
    },
    options,
  );
  const claimed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const others = thread.compare(plan.tasks, claimed);
  const multivariate = plan.multivariate();
  const own = workOff(plan.tasks, claimed);
  return plan.conclude(inOrder(plan.tasks, [...own, ...(await others)]), multivariate);
}

function inOrder(
  tasks: readonly ColumnTask[],
  claimed: readonly (readonly [number, Evidence])[],
): Evidence[] {
  const evidence = new Map(claimed);
  return tasks.map(({ sides }, i) => {
    const own = evidence.get(i);
    if (!own) throw new Error(`column ${sides.reference.name} was compared by no thread`);
    return own;
  });
}
