import type { Clock } from '../../platform/clock.ts';

/** What Octokit's throttling asks for leave before each write; the work itself follows. */
interface Gate {
  key(): { schedule(options: object, work: () => unknown): Promise<unknown> };
}

/** Writes at once before the pace begins. */
const burst = 10;
/** Milliseconds between writes after that. */
const pause = 1000;

/**
 * GitHub asks those who write much to leave a second between writes. A run of Ciclo's writes a handful, which go as they
 * come; from the eleventh on the pace is kept, so that a thousand annotations do not run into the secondary limit.
 *
 * It takes the place of the throttling plugin's own queues, which make every second write wait, three seconds for a
 * comment, and are shared by the whole process.
 */
export function createWritePace(clock: Clock): { readonly write: Gate; readonly notifications: Gate } {
  let count = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const paced: Gate = {
    key: () => ({
      schedule(_options, work) {
        count += 1;
        const wait = count > burst;
        const next = turn.then(async () => {
          if (wait) await clock.sleep(pause);
          return work();
        });
        turn = next.catch(() => undefined);
        return next;
      },
    }),
  };
  return { write: paced, notifications: { key: () => ({ schedule: async (_options, work) => work() }) } };
}
