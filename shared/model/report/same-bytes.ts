/**
 * What an engine's `reproducible` means, in words. Tests prove it on x64 processors; others have not been tried.
 *
 * @example sameBytesWords(true) // 'the same bytes on every x64 machine'
 */
export function sameBytesWords(isReproducible: boolean): string {
  return isReproducible
    ? 'the same bytes on every x64 machine'
    : 'not proved to give the same bytes on every machine';
}
