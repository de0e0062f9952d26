import type { Table } from './table.ts';

/** A part of ciclo.yml. */
type Section = Readonly<Record<string, unknown>>;
type Candidate = { readonly type: string } & Section;

/** Below so many rows a new table is divided into folds. */
const foldsBelow = 2_000;

/**
 * The outer test is the benchmark's own: the test share that sides must have is as good as none, so that Ciclo trains on
 * the rows that its peers train on, less one in a hundred. Of few rows, one in a hundred can be none.
 */
function sides({ time }: Table, trainingRows: number): Section {
  const test = trainingRows < 100 ? '10%' : trainingRows < 250 ? '5%' : '1%';
  return { test, validation: '20%', ...(time === null ? {} : { by: 'time' }) };
}

/** What `split: { folds: auto }` comes to, but for the test share. */
function usualSplit(table: Table, trainingRows: number): Section {
  if (trainingRows >= foldsBelow) return sides(table, trainingRows);
  return { folds: 5, ...(table.time === null ? {} : { by: 'time' }) };
}

/** The candidates of the default, as they would be written out. */
function portfolio({ never_negative }: Table): Candidate[] {
  const parts = ['linear', 'boosted-trees', 'neural-network'].map((type) => ({ type }));
  if (!never_negative) return parts;
  return [...parts, ...parts.map(({ type }) => ({ type, name: `${type}-log`, target: 'log1p' }))];
}

function without(isLeftOut: (candidate: Candidate) => boolean) {
  return (table: Table, rows: number): Section => ({
    split: usualSplit(table, rows),
    train: { candidates: portfolio(table).filter((candidate) => !isLeftOut(candidate)) },
  });
}

function only(type: string) {
  return (table: Table, rows: number): Section => ({
    split: usualSplit(table, rows),
    train: { candidates: [{ type }] },
  });
}

/** Ways to declare a pipeline, by name: what is put beside task, target and source. @param trainingRows of the outer split. */
export const variants: Readonly<Record<string, (table: Table, trainingRows: number) => Section>> = {
  /** What `ciclo run` does where ciclo.yml says nothing. */
  default: (table, rows) => ({ split: usualSplit(table, rows) }),
  /** The default before rows were put into folds. */
  'hold-out': (table, rows) => ({ split: sides(table, rows) }),
  /** What the issue calls today: before boosted trees were a candidate. */
  'linear-and-network': (table, rows) => ({
    split: sides(table, rows),
    train: { candidates: [{ type: 'linear' }, { type: 'neural-network' }] },
  }),
  'without-trees': without(({ type }) => type === 'boosted-trees'),
  'without-network': without(({ type }) => type === 'neural-network'),
  'without-linear': without(({ type }) => type === 'linear'),
  'without-logarithm': without(({ target }) => target === 'log1p'),
  'without-encoding': (table, rows) => ({
    split: usualSplit(table, rows),
    prepare: { numbers: { encode: 'plain' } },
  }),
  'without-blend': (table, rows) => ({ split: usualSplit(table, rows), train: { blend: false } }),
  /** One split: training stops and the best part is picked by the same fifth of the rows. */
  'without-folds-and-blend': (table, rows) => ({ split: sides(table, rows), train: { blend: false } }),
  'only-linear': only('linear'),
  'only-trees': only('boosted-trees'),
  'only-network': only('neural-network'),
};

/** The whole of ciclo.yml. JSON is YAML. */
export function pipelineOf(table: Table, variant: string, trainingRows: number): Section {
  const { name, task, target, group, time, mixed, classes, rare } = table;
  const data = {
    source: { type: 'file', path: 'train.csv' },
    ...(group === null ? {} : { group }),
    ...(time === null ? {} : { time }),
  };
  const features = {
    ...Object.fromEntries(mixed.map((column) => [column, { type: 'category' }])),
    // Peers see the day, its month and its weekday: without this, Ciclo would not see the time's column.
    ...(time === null ? {} : { [time]: { type: 'date' } }),
    ...(rare ? { [target]: { values: classes } } : {}),
  };
  return {
    name: name.replaceAll('_', '-'),
    task,
    target,
    data,
    features,
    ...variants[variant]!(table, trainingRows),
  };
}
