import { readableName, reference } from '../../config/checks/environment-reference.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/**
 * Replaces `${{ env.CICLO_NAME }}` in values of the configuration, and remembers what it put in, so that no
 * message shows it.
 */
export class EnvironmentReferences {
  /** Variables that were used. */
  readonly names = new Set<string>();
  readonly #values = new Set<string>();
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /**
   * The text with each reference replaced.
   *
   * @param key the configuration's key, for messages.
   * @param put how a value is put in. @throws ConfigurationError for a name outside `CICLO_*`, and for a variable that is not set or
   *   empty.
   */
  resolve(text: string, key: string, put = (value: string): string => value): string {
    return text.replace(reference, (whole, expression: string) => {
      const name = readableName(expression);
      if (name === undefined) {
        throw new ConfigurationError(
          `${key}: ${quote(whole)} is not allowed; a source may use only variables whose names begin with ` +
            'CICLO_, written ${{ env.CICLO_NAME }}',
        );
      }
      const value = this.#environment[name];
      if (value === undefined || value === '') {
        throw new ConfigurationError(
          `${key}: the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}; set it where ` +
            `ciclo runs (in GitHub Actions: under secrets: of the job that calls the workflow, or under env: of the step)`,
        );
      }
      this.names.add(name);
      this.#remember(value);
      return put(value);
    });
  }

  /**
   * An address with each reference replaced. A user or password with a sign that would end it there, such as "/" or "@", is
   * encoded: otherwise what follows that sign would be taken for the host, and the rest sent there.
   *
   * @throws ConfigurationError as {@link resolve} does.
   */
  resolveAddress(text: string, key: string): string {
    const [whole = '', scheme = '', user = ''] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)@/i.exec(text) ?? [];
    if (whole === '') return this.resolve(text, key);
    const named = this.resolve(user, key, (value) =>
      /[/?#@\\]/.test(value) ? encodeURIComponent(value).replaceAll('%3A', ':') : value,
    );
    return `${scheme}${named}@${this.resolve(text.slice(whole.length), key)}`;
  }

  /** A message with every value that was put in, and each of its parts, replaced by `***`; so is one of which dots hide a part. */
  redact(message: string): string {
    let text = message;
    const values = [...this.#values].sort((a, b) => b.length - a.length);
    for (const value of values) text = text.replaceAll(value, '***');
    for (const value of values) text = withoutCut(text, value);
    return text;
  }

  /** Hides a further value: what was derived from a variable, such as a password inside a URL. */
  hide(value: string): void {
    if (value !== '') this.#remember(value);
  }

  #remember(value: string): void {
    for (const form of formsOf(value)) if (form !== '') this.#values.add(form);
  }
}

/** What is left of a value by less than this does not tell it. */
const leastLeft = 4;

/** The text without a value's start before dots, and its end behind them: quoted texts are cut. */
function withoutCut(text: string, value: string): string {
  const dots = /"?\.\.\."?/g;
  let shown = '';
  let from = 0;
  for (const { 0: match, index } of text.matchAll(dots)) {
    const before = text.slice(from, index);
    const start = longestLeft(
      value,
      (part) => before.endsWith(part),
      (left) => value.slice(0, left),
    );
    shown += `${start === 0 ? before : `${before.slice(0, -start)}***`}${match}`;
    from = index + match.length;
    const end = longestLeft(
      value,
      (part) => text.startsWith(part, from),
      (left) => value.slice(-left),
    );
    if (end > 0) shown += '***';
    from += end;
  }
  return shown + text.slice(from);
}

function longestLeft(
  value: string,
  isThere: (part: string) => boolean,
  partOf: (left: number) => string,
): number {
  for (let left = value.length - 1; left >= leastLeft; left--) if (isThere(partOf(left))) return left;
  return 0;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** How a value may stand in an address, in JSON, in a web page, or in a header that a server quotes. */
function formsOf(value: string): string[] {
  const url = new URL('http://h/');
  url.search = value;
  url.hash = '';
  const inPath = new URL('http://h/');
  inPath.pathname = value;
  const bytes = Buffer.from(value);
  return [
    value,
    value.trim(),
    encodeURIComponent(value),
    new URLSearchParams({ '': value }).toString().slice(1),
    url.search.slice(1),
    inPath.pathname.slice(1),
    JSON.stringify(value).slice(1, -1),
    value.replaceAll(/[&<>"]/g, (character) => entities[character]!),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}
