import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import type { Table } from '../../shared/dataset/table/table.ts';

/** Why an earlier model's answers are of another kind; undefined when they are of the same. */
export function whyOtherTask(theirs: DatasetSchema, ours: DatasetSchema): string | undefined {
  if (theirs.task !== ours.task) return `its task is ${theirs.task}, this model's is ${ours.task}`;
  if (theirs.target !== ours.target) return `it predicts ${theirs.target}, this model ${ours.target}`;
  if (theirs.classes?.join('\n') !== ours.classes?.join('\n')) {
    return `its classes are ${theirs.classes?.join(', ')}, this model's ${ours.classes?.join(', ')}`;
  }
  return undefined;
}

/** Why an earlier model cannot predict the rows of a table; undefined when it can. */
export function whyOtherColumns(theirs: DatasetSchema, table: Table): string | undefined {
  for (const { name, type } of featureColumns(theirs)) {
    const column = table.columns.get(name);
    if (!column) return `it needs the column ${name}, which the data no longer has`;
    if (column.type !== type) return `it needs ${name} as a ${type}, which is now a ${column.type}`;
  }
  return undefined;
}
