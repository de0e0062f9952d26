import { z } from 'zod';
import type { SqlValue } from '../../sql/dialect.ts';

/** What is wrong, in Trino's words: <https://trino.io/docs/current/develop/client-protocol.html>. */
export interface TrinoError {
  /** `COLUMN_NOT_FOUND` */
  readonly name: string;
  /** `USER_ERROR`, `INTERNAL_ERROR`, `INSUFFICIENT_RESOURCES` or `EXTERNAL` */
  readonly type: string;
  readonly message: string;
  /** In the statement, both counted from 1. */
  readonly place?: { readonly line: number; readonly column: number };
}

/** A column of an answer. */
export interface TrinoColumn {
  readonly name: string;
  /** As Trino writes it: `decimal(9, 2)`. */
  readonly type: string;
}

/** One answer of many: some rows of a statement, and where the next are. */
export interface TrinoAnswer {
  readonly id: string;
  readonly columns: readonly TrinoColumn[] | undefined;
  readonly rows: readonly (readonly SqlValue[])[];
  /** Path of the next answer. */
  readonly next: string | undefined;
  readonly error: TrinoError | undefined;
}

const answerSchema = z.object({
  id: z.string(),
  nextUri: z.url().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).nullish(),
  // Cells are of the columns' types, which are looked at before rows are asked for.
  data: z.custom<readonly (readonly SqlValue[])[]>(Array.isArray).nullish(),
  error: z
    .object({
      message: z.string().nullish(),
      errorName: z.string(),
      errorType: z.string().default(''),
      errorLocation: z.object({ lineNumber: z.int(), columnNumber: z.int() }).nullish(),
    })
    .nullish(),
});

/** @returns undefined for what no server of Trino answers. */
export function parseAnswer(text: string): TrinoAnswer | undefined {
  const { success, data } = answerSchema.safeParse(jsonOf(text));
  if (!success) return undefined;
  const { id, nextUri, columns, data: rows, error } = data;
  return {
    ...{ id, columns: columns ?? undefined, rows: rows ?? [], next: pathOf(nextUri) },
    error: error ? errorOf(error) : undefined,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Of the next address only the path is taken: what lies between may have another name for the server than the server itself, and
 * credentials go nowhere but where the configuration says.
 */
function pathOf(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined;
  const { pathname, search } = new URL(uri);
  return `${pathname}${search}`;
}

function errorOf({
  message,
  errorName,
  errorType,
  errorLocation,
}: NonNullable<z.output<typeof answerSchema>['error']>): TrinoError {
  return {
    name: errorName,
    type: errorType,
    // The place is said otherwise.
    message: (message ?? errorName).replace(/^line \d+:\d+: /, ''),
    ...(errorLocation
      ? { place: { line: errorLocation.lineNumber, column: errorLocation.columnNumber } }
      : {}),
  };
}
