/** Whether two texts are the same to the host: it may change line ends, and drop blank space at the end. */
export function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}
