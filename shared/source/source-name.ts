import { ConfigurationError, IntegrityError } from '../platform/errors.ts';

/** What readers call the source. */
export const standardName = 'data.source';

/** An error of a source that is called otherwise, such as `monitor.source`: readers call it by its usual name. */
export function namedFailure(error: unknown, name: string): unknown {
  if (name === standardName || !(error instanceof ConfigurationError) || error instanceof IntegrityError) {
    return error;
  }
  const keys = name.split('.');
  const message = error.message
    .replaceAll(standardName, name)
    .replaceAll(/data: \{ source: (\{[^{}]*\}) \}/g, (_, inner: string) =>
      keys.reduceRight(
        (written, key) => (written === inner ? `${key}: ${written}` : `${key}: { ${written} }`),
        inner,
      ),
    );
  return new ConfigurationError(message, { cause: error });
}
