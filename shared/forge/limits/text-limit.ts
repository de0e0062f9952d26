// What texts and files may be, on every forge.
import { ForgeError } from '../ports/forge-error.ts';

/** Most characters of a title and of a text, as on GitHub. */
const titleLimit = 256;
const bodyLimit = 65_536;

/** @throws ForgeError 422 when the title is blank, or it or the text is too long. */
export function checkTexts(
  { title, body }: { readonly title: string | undefined; readonly body: string | undefined },
  doing: string,
): void {
  if (title?.trim() === '') throw new ForgeError(`${doing}: the title is blank`, 422);
  for (const [what, text = '', limit] of [
    ['title', title, titleLimit],
    ['body', body, bodyLimit],
  ] as const) {
    if (text.length <= limit) continue;
    throw new ForgeError(`${doing}: ${what} is too long (maximum is ${limit} characters)`, 422);
  }
}
