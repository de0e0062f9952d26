/** A task and its classes, as schema.json, evaluation.json and predictions hold them. */
export interface ClassesOfTask {
  readonly task: 'regression' | 'binary' | 'multiclass';
  /** Of a classifier, sorted. */
  readonly classes?: readonly string[] | undefined;
  /** Absent in what earlier versions wrote, whose positive class is the second. */
  readonly positive?: string | undefined;
}

/** The class that a binary task is about: that of precision and recall, and of the probability that is shown. */
export function positiveClass({ task, classes, positive }: ClassesOfTask): string | undefined {
  return task === 'binary' ? (positive ?? classes?.[1]) : undefined;
}

/** The index of the positive class among the classes; undefined unless the task is binary. */
export function positiveCode(of: ClassesOfTask): number | undefined {
  const label = positiveClass(of);
  if (label === undefined) return undefined;
  const code = of.classes!.indexOf(label);
  if (code < 0)
    throw new RangeError(`the positive class ${JSON.stringify(label.slice(0, 80))} is none of the classes`);
  return code;
}

/** The classes that one-against-rest figures are of: of a binary task the positive one alone, else each. */
export function codesAgainstRest(of: ClassesOfTask): readonly number[] {
  const positive = positiveCode(of);
  return positive === undefined ? [...(of.classes ?? []).keys()] : [positive];
}
