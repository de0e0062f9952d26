/** What can raise a check's verdict by chance. */
export interface Raisers {
  readonly columns: boolean;
  readonly prediction: boolean;
  readonly multivariate: boolean;
}

export type ErrorBudget = Readonly<Record<keyof Raisers, number>>;

/** Parts of the false-alarm rate when all are there. */
const parts: ErrorBudget = { columns: 3, prediction: 1, multivariate: 1 };

/**
 * Splits a check's false-alarm rate among all that can raise its verdict, so that the chance that any of them does is
 * at most their sum (Boole's inequality, whatever their dependence): columns together three fifths, prediction and
 * multivariate test one fifth each; what is absent leaves its part to the others.
 */
export function errorBudget(rate: number, raisers: Raisers): ErrorBudget {
  const part = (name: keyof Raisers): number => (raisers[name] ? parts[name] : 0);
  const all = part('columns') + part('prediction') + part('multivariate') || 1;
  const share = (name: keyof Raisers): number => (rate * part(name)) / all;
  return {
    columns: share('columns'),
    prediction: share('prediction'),
    multivariate: share('multivariate'),
  };
}
