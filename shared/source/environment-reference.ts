import { ConfigurationError, quote } from '../platform/errors.ts';

const reference = /\$\{\{\s*(.*?)\s*\}\}/g;
const allowedName = /^env\.(CICLO_[A-Za-z0-9_]+)$/;

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
   * @throws ConfigurationError for a name outside `CICLO_*`, and for a variable that is not set or empty.
   */
  resolve(text: string, key: string): string {
    return text.replace(reference, (whole, expression: string) => {
      const name = allowedName.exec(expression)?.[1];
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
            `ciclo runs (in GitHub Actions: the secret source-env, or env: ${name} from a secret)`,
        );
      }
      this.names.add(name);
      this.#remember(value);
      return value;
    });
  }

  /** A message with every value that was put in, and each of its parts, replaced by `***`. */
  redact(message: string): string {
    let text = message;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length))
      text = text.replaceAll(value, '***');
    return text;
  }

  /** Hides a further value: what was derived from a variable, such as a password inside a URL. */
  hide(value: string): void {
    if (value !== '') this.#remember(value);
  }

  #remember(value: string): void {
    for (const form of [value, value.trim(), encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      if (form !== '') this.#values.add(form);
    }
  }
}
