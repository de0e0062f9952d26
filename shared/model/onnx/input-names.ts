/**
 * The column that an input is called by: of its name, or of its name as converters write it. skl2onnx and onnxmltools put
 * `_` for what no identifier of C has (`Body Mass (g)` becomes `Body_Mass__g_`), and `_` before a first digit.
 *
 * @returns undefined when there is none, or more than one that could be meant.
 */
export function namedAlike<Column extends { readonly name: string }>(
  input: string,
  columns: readonly Column[],
): Column | undefined {
  const exact = columns.find(({ name }) => name === input);
  if (exact) return exact;
  const [alike, another] = columns.filter(({ name }) => identifier(name) === identifier(input));
  return another ? undefined : alike;
}

/** skl2onnx leaves letters beyond ASCII as they are, onnxmltools does not: compared, both are the same. */
function identifier(name: string): string {
  const written = name.replace(/[^0-9a-zA-Z]/gu, '_');
  return /^[0-9]/.test(written) ? `_${written}` : written;
}
