/** A cell as RFC 4180 writes it: in quotes where a reader would otherwise take it apart, or trim it. */
export function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
