/**
 * Parses JSON (RFC 8259) as the language does, but keeps as text, as it was written, a number that a double
 * cannot stand for: a whole number beyond ±2^53, so that an identifier keeps its last digits, and one beyond
 * the largest double.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return /\d{16}|e\+?\d{3}/i.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value;
  return !Number.isFinite(value) || /^-?\d+$/.test(source) ? source : value;
}
