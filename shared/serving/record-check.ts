import type { ParsedRecord } from '../dataset/schema/record.ts';
import type { Row } from '../dataset/table/table.ts';
import { byCount } from '../text/counts.ts';
import { Findings, listProblems, mostListed } from './problems.ts';
import { RequestError } from './request-error.ts';
import type { LoadedModel } from './served-model.ts';

/** Records that are checked or predicted at a stretch, before other requests get their turn. */
export const stretch = 256;

/** What is known of a request's records so far. */
export interface RecordCheck {
  /** None once there is a problem: nothing will be predicted then. */
  readonly rows: Row[];
  readonly problems: Findings;
  readonly unusual: Findings;
}

/** The check before its first record. */
export const nothingChecked = (): RecordCheck => ({
  rows: [],
  problems: new Findings(),
  unusual: new Findings(),
});

/** Whether as much is wrong as an answer lists: what else there is would only cost. */
export const isFull = ({ problems }: RecordCheck): boolean => problems.count >= mostListed;

/**
 * Checks one {@link stretch} of the records against the model's schema, and adds to `into` what it finds.
 *
 * @param from the first record of the stretch.
 * @returns `into`.
 */
export function checkRecords(
  parse: LoadedModel['parse'],
  records: readonly unknown[],
  from: number,
  into: RecordCheck,
): RecordCheck {
  const to = Math.min(records.length, from + stretch);
  for (let i = from; i < to && !isFull(into); i++) {
    const { row, problems, warnings }: ParsedRecord = parse(records[i], i);
    for (const problem of problems) {
      if (!isFull(into)) into.problems.add(problem);
    }
    if (row && into.problems.count === 0) into.rows.push(row);
    for (const warning of warnings) into.unusual.add(warning);
  }
  if (into.problems.count > 0) into.rows.length = 0;
  return into;
}

/** The answer to a request of which some values do not fit: 400, with the first {@link mostListed} of them. */
export function refusal(problems: Findings, records: number): RequestError {
  const values = byCount(problems.count, 'a value does', `${problems.count} values do`);
  const of = byCount(records, 'the record', `the ${records} records`);
  const rest = problems.count < mostListed ? '' : '; the check stopped there';
  return new RequestError(400, `${values} not fit the model, of ${of}${rest}`, {
    problems: listProblems(problems),
  });
}
