import type { Prediction } from '../../model/predictor/predictor.ts';
import { car, carsModel } from './models.ts';

export const number = carsModel();
export const classifier = carsModel({ task: 'multiclass' });
const classes = ['big', 'mid "size"', 'small'];
/** Beside `car`: another record, with a missing value. */
export const second = { ...car, power: null, origin: 'Japan', weight: 2000 };
/** The features, in the schema's order. */
export const names = ['power', 'origin', 'turbo', 'sold', 'weight'] as const;

const predictedBy = (model: ReturnType<typeof carsModel>, record: typeof car | typeof second): Prediction =>
  model.predictor.predictRecord({ ...record, sold: Date.parse(record.sold) });

/** The two records' predictions, by the predictor itself. */
export const values = [car, second].map((record) => {
  const found = predictedBy(number, record);
  return 'value' in found ? found.value : Number.NaN;
});
export const classified = [car, second].map((record) => {
  const found = predictedBy(classifier, record);
  if (!('label' in found)) throw new TypeError('a classifier gives labels');
  return found;
});
export const labelled = classified.map(({ label }) => label);
export const probabilities = classified.map((one) => classes.map((label) => one.probabilities[label]));
