import type { ColumnType } from '../../dataset/table/table.ts';

/** How protocols of tensors name what a column holds. */
interface TensorType {
  /** Open Inference Protocol v2: the one that metadata states, and all that are taken. */
  readonly openInference: string;
  readonly alsoTaken: readonly string[];
  /** TensorFlow's. */
  readonly tensorFlow: string;
}

const numeric = [
  'FP64',
  'FP32',
  'FP16',
  'INT64',
  'INT32',
  'INT16',
  'INT8',
  'UINT64',
  'UINT32',
  'UINT16',
  'UINT8',
];

export const tensorTypes: Record<ColumnType, TensorType> = {
  number: { openInference: 'FP64', alsoTaken: numeric, tensorFlow: 'DT_DOUBLE' },
  boolean: { openInference: 'BOOL', alsoTaken: ['BOOL'], tensorFlow: 'DT_BOOL' },
  category: { openInference: 'BYTES', alsoTaken: ['BYTES'], tensorFlow: 'DT_STRING' },
  // ISO 8601 texts, or milliseconds since 1970.
  date: { openInference: 'BYTES', alsoTaken: ['BYTES', 'INT64', 'UINT64', 'FP64'], tensorFlow: 'DT_STRING' },
};

/** One of a model's outputs: the prediction, and for classifiers the probability of each class. */
export interface ModelOutput {
  readonly name: 'prediction' | 'probabilities';
  readonly type: 'number' | 'category';
  /** Values in a row's output: 1 without a dimension of its own. */
  readonly width: number | undefined;
}

/** The outputs of a model with these classes. */
export function modelOutputs(classes: readonly string[]): ModelOutput[] {
  if (classes.length === 0) return [{ name: 'prediction', type: 'number', width: undefined }];
  return [
    { name: 'prediction', type: 'category', width: undefined },
    { name: 'probabilities', type: 'number', width: classes.length },
  ];
}
