/** What can raise a check's verdict by chance. */
export interface Raisers {
  readonly columns: boolean;
  readonly prediction: boolean;
  readonly multivariate: boolean;
  /** A measured performance, which is judged beside the data. */
  readonly performance?: boolean;
}

export interface ErrorBudget {
  readonly columns: number;
  readonly prediction: number;
  readonly multivariate: number;
  /** Absent where no performance is measured. */
  readonly performance?: number;
}

/** Parts of the false-alarm rate when all are there. */
const parts: Required<ErrorBudget> = { columns: 3, prediction: 1, multivariate: 1, performance: 1 };

/**
 * Splits a check's false-alarm rate among all that can raise its verdict, so that the chance that any of them does is
 * at most their sum (Boole's inequality, whatever their dependence): columns together three parts, prediction,
 * multivariate test and performance one each; what is absent leaves its part to the others.
 */
export function errorBudget(rate: number, raisers: Raisers): ErrorBudget {
  const part = (name: keyof Raisers): number => (raisers[name] ? parts[name] : 0);
  const all = part('columns') + part('prediction') + part('multivariate') + part('performance') || 1;
  const share = (name: keyof Raisers): number => (rate * part(name)) / all;
  return {
    columns: share('columns'),
    prediction: share('prediction'),
    multivariate: share('multivariate'),
    ...(raisers.performance ? { performance: share('performance') } : {}),
  };
}
