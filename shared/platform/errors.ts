// What everything else stands on: errors, clock, randomness, digests, the logger. Knows nothing of machine learning.
/** A mistake that the user can mend: shown as its message only, without a stack; exit code 2. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** Bytes that are not what their manifest says: refused, never repaired. */
export class IntegrityError extends ConfigurationError {
  override name = 'IntegrityError';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first characters of JSON, without the half of an escape such as \n or \u00e9. */
function cut(json: string, length: number): string {
  const head = json.slice(0, length);
  const half = /(?<=(?:^|[^\\])(?:\\\\)*)\\(?:u[\da-f]{0,3})?$/i.exec(head);
  return half ? head.slice(0, half.index) : head;
}

/** Quotes a value of the user's for an error message: JSON, cut at 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  if (text.length <= 80) return text;
  return typeof value === 'string' ? `${cut(text, 76)}..."` : `${cut(text, 77)}...`;
}
