/** A JSON object: one row. */
export type JsonRow = Readonly<Record<string, unknown>>;
