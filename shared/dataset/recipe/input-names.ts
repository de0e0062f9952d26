/** `horsepower`, and `horsepower (missing)` where there is an indicator. */
export function withIndicator(column: string, names: readonly string[], indicator: boolean): string[] {
  return indicator ? [...names, `${column} (missing)`] : [...names];
}
