import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { answersOf } from './answers.ts';
import type { PredictedColumns, Predictor } from './predictions.ts';

/** Predictions of two classes whose labels go by another threshold; the probabilities stay. Others stay as they are. */
export function decidedColumns(
  predicted: PredictedColumns,
  schema: DatasetSchema,
  threshold: number,
): PredictedColumns {
  if (predicted.task !== 'binary') return predicted;
  const rows = predicted.predicted.length;
  const second = Float64Array.from({ length: rows }, (_, row) => predicted.probabilities[2 * row + 1]!);
  return answersOf(schema, threshold).ofTable(second, rows);
}

/** The same predictor, which decides between two classes by another threshold. @param threshold as engine.json has it. */
export function decidedPredictor(predictor: Predictor, schema: DatasetSchema, threshold: number): Predictor {
  const answers = answersOf(schema, threshold);
  return {
    predictTable: async (table) => decidedColumns(await predictor.predictTable(table), schema, threshold),
    async predictRecord(row) {
      const answer = await predictor.predictRecord(row);
      const second = schema.classes?.[1];
      if (!('probabilities' in answer) || second === undefined) return answer;
      return answers.ofRecord(Float64Array.of(answer.probabilities[second]!));
    },
  };
}
