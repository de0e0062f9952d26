import { z } from 'zod';

const example = '{"python": "3.12", "requirements": "requirements.txt"}';

const wish = z.strictObject({
  // A text: the number 3.10 would be 3.1.
  python: z.string().regex(/^\w[\w.*-]*$/),
  requirements: z
    .string()
    .min(1)
    .refine((path) => !/[\r\n]/.test(path))
    .optional(),
});

/** What a command of `train.candidates` needs to be there before it runs. Empty text: nothing. */
export const setupWish = z.string().transform((text, context): Partial<z.output<typeof wish>> => {
  if (text.trim() === '') return {};
  const parsed = wish.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: `JSON with the texts python and, where there are any, requirements is needed: ${example}`,
  });
  return z.NEVER;
});

/** Undefined where a text is no JSON, which no wish is. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
