import { Refusal } from '../refusal.ts';
import type { CheckAnnotation } from '../state.ts';

/** What a request says about a check, held against GitHub's limits. */
export interface CheckInput {
  readonly name: string | undefined;
  readonly externalId: string | undefined;
  readonly detailsUrl: string | undefined;
  readonly status: string | undefined;
  readonly conclusion: string | undefined;
  readonly completedAt: string | undefined;
  readonly output:
    | {
        readonly title?: string;
        readonly summary: string;
        readonly text: string | undefined;
        readonly annotations: readonly CheckAnnotation[];
      }
    | undefined;
}

/** Most characters of `summary` and `text`. */
const textLimit = 65_535;
const annotationsLimit = 50;
/** Most bytes of an annotation's message. */
const messageLimit = 64 * 1024;
const titleLimit = 255;

/** @throws Refusal 422, as GitHub refuses what is beyond its limits. */
export function parseCheckInput(body: Readonly<Record<string, unknown>>): CheckInput {
  const text = (key: string): string | undefined => optionalText(body[key], key);
  const status = text('status');
  const conclusion = text('conclusion');
  if (status === 'completed' && conclusion === undefined) {
    throw invalid('"conclusion" is required when "status" is "completed"');
  }
  return {
    name: text('name'),
    externalId: text('external_id'),
    detailsUrl: text('details_url'),
    status,
    conclusion,
    completedAt: text('completed_at'),
    output: body.output === undefined ? undefined : parseOutput(body.output as Record<string, unknown>),
  };
}

function parseOutput(output: Readonly<Record<string, unknown>>): CheckInput['output'] {
  const summary = optionalText(output.summary, 'summary');
  const text = optionalText(output.text, 'text');
  const title = optionalText(output.title, 'title');
  if (summary === undefined) throw invalid('"summary" wasn\'t supplied');
  for (const [name, value] of [
    ['summary', summary],
    ['text', text ?? ''],
  ] as const) {
    if (value.length > textLimit) throw invalid(`Only ${textLimit} characters are allowed in "${name}"`);
  }
  const annotations = (output.annotations ?? []) as readonly CheckAnnotation[];
  if (annotations.length > annotationsLimit) {
    throw invalid(
      `No more than ${annotationsLimit} annotations are allowed; ${annotations.length} were supplied`,
    );
  }
  for (const annotation of annotations) checkAnnotation(annotation);
  return { ...(title === undefined ? {} : { title }), summary, text, annotations };
}

function checkAnnotation({ path, message, title = '', start_line, end_line }: CheckAnnotation): void {
  if (typeof path !== 'string' || path === '') throw invalid('an annotation has no path');
  if (Buffer.byteLength(message) > messageLimit) throw invalid('the message of an annotation is over 64 KB');
  if (title.length > titleLimit) throw invalid(`the title of an annotation is over ${titleLimit} characters`);
  if (!(start_line >= 1 && end_line >= start_line))
    throw invalid('"end_line" must not be before "start_line"');
}

function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`For '${name}', ${JSON.stringify(value)} is not a string.`);
}

function invalid(message: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${message}`);
}
