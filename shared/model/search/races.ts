// Successive halving on folds (Jamieson and Talwalkar 2016), once for each fold left out, without training for each anew.

/** After each rung a third of the settings goes on. */
const cut = 3;

/** So many go to the end, beside the candidate's own. */
const fewest = 2;

/**
 * Standard errors of the difference by which a setting has to be better than the candidate's own to take its place (as Breiman, Friedman,
 * Olshen and Stone 1984 prefer the usual tree): it costs nothing where settings matter, and keeps chance out on few rows.
 */
const least = 1;

/** Standard errors by which one that is worse is out, whatever others do. */
const hopeless = 2;

/** What is known of the settings so far. */
export interface RaceEvidence {
  /** By setting (the first is no. 1) and fold the summed loss of the fold's rows, NaN where it is not known. */
  readonly losses: readonly Float64Array[];
  /** What the candidate's own setting costs there, trained on as many rows. */
  readonly own: readonly Float64Array[];
  /** The summed squares of what a row costs more or less by the setting than by the candidate's own. */
  readonly squares: readonly Float64Array[];
  /** By fold, how many rows it has. */
  readonly rows: Float64Array;
}

/** Races of the settings of one candidate. Settings are counted from 1; 0 is the candidate's own, which is in every race. */
export interface Races {
  /** Settings that are still in a race. */
  running(): number[];
  /** Ends a rung: the best go on in each race, by what it may know. */
  cut(evidence: RaceEvidence): void;
  /** Of all folds' race, and by fold left out, the best of what reached the end, by the rows that the race may know; the candidate's own where none is clearly better. */
  winners(evidence: RaceEvidence): { readonly deployed: number; readonly byFold: number[] };
}

/**
 * One race by all folds, whose winner is deployed, and one for each fold left out, whose winner predicts that fold's rows: what
 * it does there has chosen it in nothing. They run on the same trainings: a setting is compared with the candidate's own on the
 * folds that it has been trained for but the one left out; of a race that may know nothing of it, it is out.
 *
 * @param settings how many there are beside the candidate's own. @param folds how many there are.
 */
export function createRaces(settings: number, folds: number): Races {
  const all = Array.from({ length: settings }, (_, at) => at + 1);
  const leftOut = [undefined, ...Array.from({ length: folds }, (_, fold) => fold)];
  const races = leftOut.map((fold) => ({ fold, running: all }));
  let rung = 0;
  return {
    running: () => all.filter((setting) => races.some(({ running }) => running.includes(setting))),
    cut(evidence) {
      rung++;
      const keep = Math.max(fewest, Math.ceil(settings / cut ** rung));
      for (const race of races) {
        race.running = race.running
          .map((setting) => ({ setting, ...compared(evidence, setting, race.fold) }))
          .filter(({ cost, surely }) => !Number.isNaN(cost) && surely > -hopeless)
          .sort((a, b) => a.cost - b.cost || a.setting - b.setting)
          .slice(0, keep)
          .map(({ setting }) => setting);
      }
    },
    winners(evidence) {
      const [deployed, ...byFold] = races.map(({ fold, running }) => {
        let best = { setting: 0, cost: 1 };
        for (const setting of running) {
          const { cost, surely } = compared(evidence, setting, fold);
          if (cost < best.cost && surely >= least) best = { setting, cost };
        }
        return best.setting;
      });
      return { deployed: deployed!, byFold };
    },
  };
}

/** A setting beside the candidate's own, on the rows of the known folds but one. */
interface Comparison {
  /**
   * What it costs as a share of what the candidate's own does: folds are more or less hard, and settings are not all known on the
   * same. NaN where nothing is known.
   */
  readonly cost: number;
  /** By how many standard errors of the difference, row by row, it costs less; negative where it costs more. */
  readonly surely: number;
}

function compared(
  { losses, own, squares, rows }: RaceEvidence,
  setting: number,
  leftOut: number | undefined,
): Comparison {
  let [cost, usual, square, count] = [0, 0, 0, 0];
  for (const [fold, loss] of losses[setting - 1]!.entries()) {
    if (fold === leftOut || Number.isNaN(loss)) continue;
    cost += loss;
    usual += own[setting - 1]![fold]!;
    square += squares[setting - 1]![fold]!;
    count += rows[fold]!;
  }
  if (count === 0) return { cost: Number.NaN, surely: 0 };
  const gain = usual - cost;
  const error = Math.sqrt(Math.max(0, square - gain ** 2 / count));
  // Where the candidate's own makes no error at all nothing is better.
  return { cost: usual === 0 ? 1 + cost : cost / usual, surely: gain === 0 ? 0 : gain / error };
}
