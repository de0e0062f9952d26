import { stringify } from 'yaml';
import { createRandom } from '../../../shared/platform/random.ts';

export type PlantedTask = 'regression' | 'binary' | 'multiclass';

/** People who do not exist, with values that are found again wherever they are written. */
export interface PlantedPeople {
  readonly csv: string;
  /** Texts that fewer than five people have. */
  readonly texts: readonly string[];
  /** Numbers and times (milliseconds since 1970) that one person has. */
  readonly numbers: ReadonlySet<number>;
}

const first = ['Mary', 'Ivan', 'Aisha', 'José', 'Wei', 'Ingrid', 'Omar', 'Lucia'];
const cities = ['Northtown', 'Southport', 'Westhill', 'Eastbay', 'Midvale', 'Farfield'];

const outcomes: Readonly<Record<PlantedTask, readonly string[]>> = {
  regression: [],
  binary: ['kept', 'left'],
  multiclass: ['bronze', 'gold', 'silver'],
};

/** So many people, one a line; rare cities have at most four of them. */
export function plantedPeople(task: PlantedTask, rows: number, seed: string, years = 10): PlantedPeople {
  const random = createRandom(`${seed} ${task}`);
  const texts = new Set<string>();
  const numbers = new Set<number>();
  const planted = (text: string): string => {
    texts.add(text);
    return text;
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const income = Number((20_000 + 60_000 * random.next() + 0.00137 * i).toFixed(5));
    const score = random.integer(10);
    const joined = Date.UTC(2001, 0, 1) + 1_000 * Math.floor(random.next() * 5e8);
    const spend = Number((income / 100 + 40 * score + 30 * random.normal()).toFixed(6));
    for (const value of [income, spend, joined]) numbers.add(value);
    const rank = income / 1000 + 4 * score + 8 * random.normal();
    const labels = outcomes[task];
    const target =
      task === 'regression'
        ? String(spend)
        : labels[Math.min(labels.length - 1, Math.max(0, Math.floor((rank - 40) / 25)))]!;
    const [date] = [new Date(joined).toISOString().replace('.000', '')];
    planted(date!);
    const city =
      i % 20 === 7 ? planted(`Plantedcity${seed}${Math.floor(i / 80)}`) : cities[random.integer(6)]!;
    return [
      planted(`planted.${seed}.${i}@example.org`),
      planted(`${first[i % 8]} Planted${seed}${i}`),
      planted(`+49 30 77${String(100_000 + i * 7).padStart(6, '0')}`),
      planted(`remark ${seed} ${i.toString(36)} on a person`),
      city,
      income,
      score,
      date,
      2000 + (i % years) + (seed === 'later' ? 10 : 0),
      target,
    ].join(',');
  });
  return {
    csv: `email,full_name,phone,note,city,income,score,joined,year,outcome\n${lines.join('\n')}\n`,
    texts: [...texts],
    numbers,
  };
}

/** The declaration of a pipeline over them. */
export function plantedConfig(
  task: PlantedTask,
  personal: 'allowed' | undefined,
  candidate: 'linear' | 'boosted-trees' | 'portfolio' = 'linear',
): string {
  return stringify({
    name: 'people',
    task,
    target: 'outcome',
    data: { source: { type: 'file', path: 'data/*.csv' }, key: 'email', time: 'year' },
    // The key is a feature too, where that is allowed: nothing that is declared may let a value out.
    ...(personal
      ? {
          features: {
            ...{ email: {}, full_name: {}, phone: {}, note: {}, city: { missing: 'mode' } },
            income: { scale: 'min-max' },
          },
        }
      : {}),
    prepare: { checks: personal ? { personal } : {} },
    train: {
      ...(candidate === 'portfolio'
        ? {}
        : {
            candidates: [
              { type: candidate, ...(candidate === 'linear' ? {} : { 'min-rows': 5, rounds: 60 }) },
            ],
          }),
      importance: { repeats: 1 },
    },
    validate: { bootstrap: { resamples: 100 }, slices: ['city', 'score', 'income', 'joined'] },
    deploy: { targets: ['release', 'server', 'pages'] },
  });
}
