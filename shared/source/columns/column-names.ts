import { yamlText } from '../../dataset/types/declared-line.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/**
 * @param place what messages call where the names stand: a file, or `file:line`.
 * @throws ConfigurationError for a column without a name, or two of one name.
 */
export function checkNames(columns: readonly string[], place: string): void {
  const nameless = columns.indexOf('');
  if (nameless >= 0) throw namelessColumn(columns, nameless, place);
  checkDistinct(columns, place);
}

/** A CSV file that has columns without a name, and what `data.source` says to name them all. */
class NamelessColumnError extends ConfigurationError {
  readonly settings: NamingSettings;

  constructor(message: string, settings: NamingSettings) {
    super(message);
    this.settings = settings;
  }
}

/** Settings of `data.source` by which the names that a file holds are passed over, and others given. */
export interface NamingSettings {
  /** The names that the file holds, '' for none. */
  readonly columns: readonly string[];
  readonly 'skip-rows': number;
  readonly header: readonly string[];
}

/** What would name the columns of a file that was refused for want of names, however the error has been retold since. */
export function namingSettingsOf(error: unknown): NamingSettings | undefined {
  if (error instanceof NamelessColumnError) return error.settings;
  return error instanceof Error && error.cause !== undefined ? namingSettingsOf(error.cause) : undefined;
}

/** @param line of the names, where the file is text. */
export function namelessColumn(
  columns: readonly string[],
  position: number,
  place: string,
  line?: number,
): ConfigurationError {
  const what = `${place}: column ${position + 1} of ${columns.length} has no name (${quote(columns.join(', '))}); give every column a name`;
  if (line === undefined) return new ConfigurationError(what);
  const settings = namingSettings(columns, line);
  return new NamelessColumnError(`${what}, or add ${namingLine(settings)}`, settings);
}

/** What names the columns that have no name: the first one `index`, others by their places. */
export function namingSettings(columns: readonly string[], line: number): NamingSettings {
  const taken = new Set(columns);
  const header = columns.map((name, i) => {
    if (name !== '') return name;
    const wanted = i === 0 ? 'index' : `column_${i + 1}`;
    let free = wanted;
    while (taken.has(free)) free = `${free}_`;
    taken.add(free);
    return free;
  });
  return { columns, 'skip-rows': line, header };
}

/** The line of ciclo.yml. @example 'data: { source: { skip-rows: 1, header: [index, a] } }' */
export function namingLine({ 'skip-rows': skipRows, header }: NamingSettings): string {
  return `data: { source: { skip-rows: ${skipRows}, header: [${header.map(yamlText).join(', ')}] } }`;
}

/** @throws ConfigurationError for two columns of one name; those without a name do not count. */
export function checkDistinct(columns: readonly string[], place: string): void {
  const seen = new Map<string, number>();
  for (const [i, name] of columns.entries()) {
    const before = name === '' ? undefined : seen.get(name);
    if (before !== undefined) {
      throw new ConfigurationError(
        `${place}: columns ${before + 1} and ${i + 1} are both named ${quote(name)}; ` +
          'every column needs a name of its own',
      );
    }
    seen.set(name, i);
  }
}
