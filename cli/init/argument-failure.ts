import type { SourceDeclaration } from '../../shared/init/proposal.ts';
import { publishedGuide } from '../../shared/init/published-actions.ts';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import { ColumnsDifferError } from '../../shared/source/same-columns.ts';
import { listNames } from '../../shared/text/nearest-name.ts';

/** What readers call parts of `data.source`, as who gave an argument calls them; the first that fits counts. */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /nothing at this address: check data\.source\.url and data\.source\.query/g,
    'nothing at this address: is it written right?',
  ],
  [/data\.source\.url and data\.source\.query/g, 'the address'],
  [/data\.source\.url/g, 'the address'],
  [/data\.source\.query/g, '--query'],
  [/^data\.source\.path: /g, ''],
  [/data\.source\.path/g, 'the path'],
];

/**
 * An error of reading what an argument of `ciclo init` names: readers speak of `data.source` in a ciclo.yml that is not there yet.
 *
 * @returns errors that are none of the user's as they are.
 */
export function argumentFailure(error: unknown, source: SourceDeclaration): unknown {
  if (!(error instanceof ConfigurationError) || error instanceof IntegrityError) return error;
  if (error instanceof ColumnsDifferError && areDifferentTables(error.files)) {
    return new ConfigurationError(tablesMessage(error.files), { cause: error });
  }
  const message = words.reduce((text, [from, to]) => text.replaceAll(from, to), error.message);
  if (!/\bdata(?:\.source\b|: \{ source)/.test(message)) {
    return message === error.message ? error : new ConfigurationError(message, { cause: error });
  }
  return new ConfigurationError(`${message}\n${ownFileAdvice(source)}`, { cause: error });
}

/** Most of what one has the other lacks: no later file of the same table. */
function areDifferentTables({ first, other }: ColumnsDifferError['files']): boolean {
  const shared = first.columns.filter((name) => other.columns.includes(name)).length;
  return shared * 2 <= Math.min(first.columns.length, other.columns.length);
}

function tablesMessage({ first, other }: ColumnsDifferError['files']): string {
  const shared = first.columns.filter((name) => other.columns.includes(name));
  const common =
    shared.length === 0 ? 'with no column in common' : `with only ${listNames(shared, 5)} in common`;
  const [on = 'id'] = shared;
  return [
    `${first.file} and ${other.file} are two tables, ${common}. Name the one whose rows are to be predicted:`,
    `  ciclo init ${first.file}`,
    `  ciclo init ${other.file}`,
    'What the other one says can be joined to it later: in ciclo.yml, in place of data.source, with rows the one and more the other,',
    `  data: { sources: { rows: { type: file, path: ${first.file} }, more: { type: file, path: ${other.file} } }, steps: [{ join: { with: more, on: ${JSON.stringify(on)} } }] }`,
    publishedGuide('guides/data.md'),
  ].join('\n');
}

/** The address itself is not repeated: it may hold a secret. */
function ownFileAdvice({ type, path }: SourceDeclaration): string {
  const named = typeof path === 'string' ? `path: ${JSON.stringify(path)}` : '…';
  return `ciclo init has no argument for that. Write it into ciclo.yml yourself, and ciclo init, without data, goes on from there:\n  task: regression # or binary, multiclass\n  target: the column to predict\n  data: { source: { type: ${String(type)}, ${named} } } # and what is said above`;
}
