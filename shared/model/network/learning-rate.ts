import type { LearningRateSchedule } from '../../config/sections/candidates/learning-rate-schedule.ts';

/** The learning rate of the next epoch, from what the epochs so far have shown. */
export interface RateSchedule {
  /** @param epoch counts from 1. */
  rateOf(epoch: number): number;
  /** The rate of one step of an epoch, both counted from 1, where it is another than the epoch's. */
  rateOfStep?(epoch: number, step: number, steps: number): number;
  /** Receives the validation loss after every epoch. */
  observe(validationLoss: number): void;
}

/**
 * constant; cosine (half a cosine from the base rate down towards zero: Loshchilov and Hutter 2017, without
 * restarts); step (times factor every so many epochs); plateau (times factor after `patience` epochs without
 * a better validation loss).
 *
 * @param warmUp epochs before the schedule begins, in whose steps the rate rises in a straight line from near 0 to the
 *   base rate (Goyal et al. 2017); they are among `epochs`.
 */
export function createSchedule(
  schedule: LearningRateSchedule,
  base: number,
  epochs: number,
  warmUp = 0,
): RateSchedule {
  if (warmUp > 0) return warmedUp(createSchedule(schedule, base, Math.max(1, epochs - warmUp)), base, warmUp);
  if (schedule === 'constant') return { rateOf: () => base, observe() {} };
  if (schedule === 'cosine') {
    const share = (epoch: number) => 0.5 * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs));
    return { rateOf: (epoch) => rounded(base * share(epoch)), observe() {} };
  }
  if ('step' in schedule) {
    const { every, factor } = schedule.step;
    const times = (epoch: number) => Math.floor((epoch - 1) / every);
    return { rateOf: (epoch) => rounded(base * factor ** times(epoch)), observe() {} };
  }
  return plateau(base, schedule.plateau);
}

function warmedUp({ rateOf, observe }: RateSchedule, base: number, warmUp: number): RateSchedule {
  const later = (epoch: number) => rateOf(Math.max(1, epoch - warmUp));
  return {
    rateOf: (epoch) => (epoch <= warmUp ? rounded((base * epoch) / warmUp) : later(epoch)),
    rateOfStep: (epoch, step, steps) =>
      epoch <= warmUp ? (base * (epoch - 1 + step / steps)) / warmUp : later(epoch),
    observe(loss) {
      observe(loss);
    },
  };
}

function plateau(base: number, { patience, factor }: { patience: number; factor: number }): RateSchedule {
  let rate = base;
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  return {
    rateOf: () => rate,
    observe(loss) {
      waited = loss < best ? 0 : waited + 1;
      best = Math.min(best, loss);
      if (waited < patience) return;
      rate = rounded(rate * factor);
      waited = 0;
    },
  };
}

/** Six digits: the last bits of cos and pow may differ between versions of a JavaScript engine. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(6));
}
