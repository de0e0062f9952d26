/** What a comment of Ciclo's is about: one comment per pull request, pipeline and kind. */
export interface Marker {
  /** The pipeline's name in ciclo.yml. */
  readonly pipeline: string;
  /** `evaluation`. */
  readonly kind: string;
}

const pattern = /^<!-- ciclo: (\{.*\}) -->\r?(?:\n|$)/;

/**
 * The hidden first line of a comment, `<!-- ciclo: {"pipeline":"fuel","kind":"evaluation"} -->`. What could end the
 * comment, begin a tag, mention somebody or refer to an issue is written as JSON escapes.
 */
export function formatMarker({ pipeline, kind }: Marker): string {
  const json = JSON.stringify({ pipeline, kind });
  return `<!-- ciclo: ${json.replace(/[<>@#\u2028\u2029]|--/g, escaped)} -->`;
}

function escaped(text: string): string {
  return Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** The marker of a comment's body; undefined unless its first line is one, so that a quotation never counts. */
export function parseMarker(body: string): Marker | undefined {
  const json = pattern.exec(body)?.[1];
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { pipeline, kind } = value as Partial<Record<keyof Marker, unknown>>;
  return typeof pipeline === 'string' && typeof kind === 'string' ? { pipeline, kind } : undefined;
}

/** What stands below the marker's line; empty where the body has no marker. */
export function textBelowMarker(body: string): string {
  return pattern.test(body) ? body.replace(pattern, '') : '';
}

/** Whether a body carries this marker. */
export function isMarkedWith(body: string, marker: Marker): boolean {
  const found = parseMarker(body);
  return found?.pipeline === marker.pipeline && found.kind === marker.kind;
}
