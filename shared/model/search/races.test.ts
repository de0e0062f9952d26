import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { createRaces, type RaceEvidence } from './races.ts';

const rungs = 5;
const folds = 5;

/** Runs races as a search does, each setting on another fold at every rung, by the losses that it would have there. */
function raced(losses: readonly (readonly number[])[], own: readonly number[]) {
  const races = createRaces(losses.length, folds);
  const known = losses.map(() => new Float64Array(folds).fill(Number.NaN));
  const evidence: RaceEvidence = {
    ...{ losses: known, own: losses.map(() => Float64Array.from(own)) },
    squares: losses.map((values) => Float64Array.from(values, (loss, fold) => (loss - own[fold]!) ** 2 / 20)),
    rows: new Float64Array(folds).fill(20),
  };
  let trainings = 0;
  for (let rung = 0; rung < rungs; rung++) {
    for (const setting of races.running()) {
      const fold = (setting + rung) % folds;
      known[setting - 1]![fold] = losses[setting - 1]![fold]!;
      trainings++;
    }
    if (rung + 1 < rungs) races.cut(evidence);
  }
  return { ...races.winners(evidence), trainings };
}

const positive = fc.double({ min: 0.01, max: 10, noNaN: true });
const byFold = fc.array(positive, { minLength: folds, maxLength: folds });
const settings = fc.array(byFold, { minLength: 1, maxLength: 30 });

describe('races of settings', () => {
  test('what predicts a fold has been chosen by nothing that happened there', () => {
    fc.assert(
      fc.property(settings, byFold, byFold, settings, (losses, own, otherOwn, others) => {
        const first = raced(losses, own);
        for (let fold = 0; fold < folds; fold++) {
          const changed = losses.map((values, at) =>
            values.map((value, place) => (place === fold ? others[at % others.length]![place]! : value)),
          );
          const ownChanged = own.map((value, place) => (place === fold ? otherOwn[place]! : value));
          expect(raced(changed, ownChanged).byFold[fold]).toBe(first.byFold[fold]);
        }
      }),
    );
  });

  test('a setting that is better everywhere wins all of them that may know it, at far fewer trainings than all', () => {
    const own = [1, 2, 3, 2, 1];
    const losses = Array.from({ length: 30 }, (_, at) =>
      own.map((loss) => loss * (at === 17 ? 0.9 : 0.95 + at / 100)),
    );
    const { deployed, byFold: winners, trainings } = raced(losses, own);
    expect(deployed).toBe(18);
    // It began on fold 3, whose race knew nothing of it.
    expect(winners).toEqual([18, 18, 18, expect.any(Number), 18]);
    expect(trainings).toBeLessThan(70);
  });

  test('the candidate’s own setting wins where nothing is better', () => {
    const own = [1, 2, 3, 2, 1];
    const { deployed, byFold: winners } = raced([own, own.map((loss) => loss + 0.1)], own);
    expect([deployed, ...winners]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('one that diverges somewhere is out', () => {
    const own = [1, 1, 1, 1, 1];
    const races = createRaces(1, folds);
    const evidence = {
      ...{ losses: [new Float64Array(folds).fill(Number.NaN)], own: [Float64Array.from(own)] },
      ...{ squares: [new Float64Array(folds)], rows: Float64Array.from(own) },
    };
    races.cut(evidence);
    expect(races.running()).toEqual([]);
    expect(races.winners(evidence).deployed).toBe(0);
  });

  test('on noise the winner of the other folds is as good as the own setting, where that of all seems better', () => {
    const random = createRandom('races');
    const [tables, count] = [400, 30];
    let honest = 0;
    let flattered = 0;
    for (let table = 0; table < tables; table++) {
      const losses = Array.from({ length: count }, () =>
        Array.from({ length: folds }, () => 1 + 0.1 * random.normal()),
      );
      const { deployed, byFold: winners } = raced(losses, [1, 1, 1, 1, 1]);
      for (let fold = 0; fold < folds; fold++) {
        const lossOf = (setting: number): number => losses[setting - 1]?.[fold] ?? 1;
        honest += lossOf(winners[fold]!) / (tables * folds);
        flattered += lossOf(deployed) / (tables * folds);
      }
    }
    // The mean of 2,000 losses of deviation 0.1 is within 0.01 of their expectation, 1.
    expect(Math.abs(honest - 1)).toBeLessThan(0.01);
    expect(flattered).toBeLessThan(0.95);
  });

  test('one that is surely worse goes no further, also where there is room for it', () => {
    const races = createRaces(2, folds);
    const only = (loss: number) =>
      Float64Array.from({ length: folds }, (_, at) => (at === 1 ? loss : Number.NaN));
    races.cut({
      ...{ losses: [only(105), only(101)], own: [only(100), only(100)] },
      // Errors of the difference over 100 rows: √(6 - 25 / 100) = 2.4 of 5, √(6 - 1 / 100) = 2.4 of 1.
      ...{ squares: [only(6), only(6)], rows: new Float64Array(folds).fill(100) },
    });
    expect(races.running()).toEqual([2]);
  });

  test('a setting that is better by less than the error of the difference leaves the candidate its own', () => {
    const races = createRaces(1, folds);
    const own = [Float64Array.of(100, 100, 100, 100, 100)];
    const losses = [Float64Array.of(99, 99, 99, 99, 99)];
    const rows = new Float64Array(folds).fill(100);
    const winnerOf = (square: number): number => {
      const squares = [new Float64Array(folds).fill(square)];
      return races.winners({ losses, own, squares, rows }).deployed;
    };
    // A gain of 5 over 500 rows has the error √(Σ d² - 5² / 500): 5.005 and 4.995 where Σ d² is 25.1 and 25.
    expect(winnerOf(25.1 / folds)).toBe(0);
    expect(winnerOf(25 / folds)).toBe(1);
  });
});
