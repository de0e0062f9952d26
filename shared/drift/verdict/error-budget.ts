/** What can raise a check's verdict by chance. */
export interface Raisers {
  readonly columns: boolean;
  readonly prediction: boolean;
  readonly multivariate: boolean;
  /** Tests of the columns' structure. */
  readonly structural?: boolean;
  /** The part of the rate that a measured performance has, which is judged beside the data. */
  readonly performance?: number;
}

export interface ErrorBudget {
  readonly columns: number;
  readonly prediction: number;
  readonly multivariate: number;
  /** Absent where no column's structure is tested. */
  readonly structural?: number;
  /** Absent where no performance is measured. */
  readonly performance?: number;
}

/** Parts of what is for the data when all are there. */
const parts: Required<Omit<ErrorBudget, 'performance'>> = {
  columns: 3,
  prediction: 1,
  multivariate: 1,
  structural: 1,
};
/** The part of a declared rate that is for the measured performance. */
const performanceShare = 1 / 6;

/**
 * Splits a check's false-alarm rate among all that can raise its verdict, so that the chance that any of them does is
 * at most their sum (Boole's inequality, whatever their dependence). A measured performance has its own part; of the rest
 * columns together have three parts, prediction, multivariate test and structural changes one each; what is absent leaves its
 * part to the others.
 */
export function errorBudget(rate: number, { performance, ...data }: Raisers): ErrorBudget {
  const part = (name: keyof typeof data): number => (data[name] ? parts[name] : 0);
  const all = part('columns') + part('prediction') + part('multivariate') + part('structural') || 1;
  const share = (name: keyof typeof data): number => ((rate - (performance ?? 0)) * part(name)) / all;
  return {
    columns: share('columns'),
    prediction: share('prediction'),
    multivariate: share('multivariate'),
    ...(data.structural ? { structural: share('structural') } : {}),
    ...(performance === undefined ? {} : { performance }),
  };
}

/**
 * The part of a declared false-alarm rate that is for the measured performance: one of six, whatever else is there, since it
 * is one promise over all checks of a version.
 */
export function performancePart(rate: number): number {
  return rate * performanceShare;
}
