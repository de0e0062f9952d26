// ciclo.lock: its schema, how it is read and written, and what changed between two.
import { ConfigurationError } from '../../platform/errors.ts';
import { type Problem, problemsError } from '../messages/problem.ts';
import { schemaProblems } from '../messages/schema-problems.ts';
import { readYaml } from '../messages/yaml-text.ts';
import { type Lock, lockSchema, type SampleRecord } from './lock.ts';

const remake = 'ciclo.lock is written by `ciclo lock`; run it to write the file again';

/**
 * Reads the text of a ciclo.lock (JSON).
 *
 * @throws ConfigurationError with all problems, and how to get a right one.
 */
export function parseLock(text: string, file: string): Lock {
  const conflict = text.split('\n').findIndex((line) => /^(<{7}|={7}|>{7})/.test(line));
  if (conflict >= 0) {
    throw new ConfigurationError(
      `${file}:${conflict + 1}:1: the file has marks of a merge conflict; ${remake} from the merged data`,
    );
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    const yaml = readYaml(text, file);
    const problems = yaml.problems.map((problem): Problem => {
      return { ...problem, message: problem.message.replace('this is not YAML', 'this is not JSON') };
    });
    if (problems.length === 0) problems.push({ path: [], message: 'the file is not JSON' });
    throw withAdvice(problemsError(problems, yaml.locate));
  }
  const parsed = lockSchema.safeParse(raw);
  if (!parsed.success) {
    const { locate } = readYaml(text, file);
    const version = (raw as { version?: unknown } | null)?.version;
    if (typeof version === 'number' && version > 2) {
      const message = `${version} is a lock format of a newer Ciclo; this one reads versions 1 and 2: update Ciclo`;
      throw problemsError([{ path: ['version'], message }], locate);
    }
    throw withAdvice(problemsError(schemaProblems(parsed.error.issues, lockSchema, raw), locate));
  }
  const { data } = parsed.data;
  const rows = data.parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows !== data.rows) {
    const { locate } = readYaml(text, file);
    const message = `${data.rows} rows, but the parts have ${rows} together`;
    throw withAdvice(problemsError([{ path: ['data', 'rows'], message }], locate));
  }
  return parsed.data;
}

function withAdvice(error: ConfigurationError): ConfigurationError {
  return new ConfigurationError(`${error.message}\n${remake}`);
}

function jsonLines(items: readonly string[], indent: string, brackets: readonly [string, string]): string {
  if (items.length === 0) return brackets.join('');
  return `${brackets[0]}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${brackets[1]}`;
}

type SourcePin = NonNullable<Lock['data']['sources']>[string];

function sourceJson(name: string, { rows, digest, snapshot, types, formats }: SourcePin): string {
  const json = JSON.stringify;
  const parts = [
    `"rows": ${rows}`,
    `"digest": ${json(digest)}`,
    ...(snapshot === undefined ? [] : [`"snapshot": ${json(snapshot)}`]),
    ...(types ? [`"types": { ${byName(types).join(', ')} }`] : []),
    ...(formats ? [`"formats": { ${byName(formats).join(', ')} }`] : []),
  ];
  return `${json(name)}: { ${parts.join(', ')} }`;
}

/** A line for each stratum. */
function sampleJson({ rows, of, by, strata }: SampleRecord): string {
  const lines = strata.map(({ value, others, of: counted, upTo }) => {
    const named = [
      ...(value === undefined ? [] : [`"value": ${JSON.stringify(value)}, `]),
      ...(others ? ['"others": true, '] : []),
    ].join('');
    return `{ ${named}"of": ${counted}, "upTo": "${upTo}" }`;
  });
  return jsonLines(
    [
      `"rows": ${rows}`,
      `"of": ${of}`,
      ...(by === undefined ? [] : [`"by": ${JSON.stringify(by)}`]),
      `"strata": ${jsonLines(lines, '      ', ['[', ']'])}`,
    ],
    '    ',
    ['{', '}'],
  );
}

/** Members of an object in order of name. */
function byName(entries: Readonly<Record<string, string>>): string[] {
  return Object.entries(entries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
}

function windowJson({ column, until, step }: NonNullable<Lock['data']['window']>): string {
  const end = step === undefined ? '' : `, "step": ${JSON.stringify(step)}`;
  return `{ "column": ${JSON.stringify(column)}, "until": ${JSON.stringify(until)}${end} }`;
}

/** A lock as JSON in a stable order, one line for each part and each type: small diffs to review. */
export function formatLock(lock: Lock): string {
  const json = JSON.stringify;
  const { data } = lock;
  const parts = data.parts.map(
    (part) => `{ "name": ${json(part.name)}, "rows": ${part.rows}, "digest": ${json(part.digest)} }`,
  );
  const dataLines = [
    `"digest": ${json(data.digest)}`,
    `"rows": ${data.rows}`,
    ...(data.window ? [`"window": ${windowJson(data.window)}`] : []),
    ...(data.sample ? [`"sample": ${sampleJson(data.sample)}`] : []),
    ...(data.snapshot ? [`"snapshot": ${json(data.snapshot)}`] : []),
    ...(data.engine
      ? [
          `"engine": { "name": ${json(data.engine.name)}, "rows": ${data.engine.rows}, "digest": ${json(data.engine.digest)} }`,
        ]
      : []),
    `"parts": ${jsonLines(parts, '    ', ['[', ']'])}`,
    ...(data.sources
      ? [
          `"sources": ${jsonLines(
            Object.entries(data.sources).map(([name, pin]) => sourceJson(name, pin)),
            '    ',
            ['{', '}'],
          )}`,
        ]
      : []),
  ];
  const lines = [
    `"version": ${lock.version}`,
    ...(lock.name === undefined ? [] : [`"name": ${json(lock.name)}`]),
    `"data": ${jsonLines(dataLines, '  ', ['{', '}'])}`,
    `"key": [${lock.key.map((name) => json(name)).join(', ')}]`,
    `"split": { "seed": ${lock.split.seed}${lock.split.folds === undefined ? '' : `, "folds": ${lock.split.folds}`}${lock.split.apart ? ', "apart": true' : ''} }`,
    ...(lock.positive === undefined ? [] : [`"positive": ${json(lock.positive)}`]),
    `"types": ${jsonLines(byName(lock.types), '  ', ['{', '}'])}`,
    ...(lock.identifiers
      ? [`"identifiers": [${lock.identifiers.map((name) => json(name)).join(', ')}]`]
      : []),
    ...(lock.personal ? [`"personal": [${lock.personal.map((name) => json(name)).join(', ')}]`] : []),
    ...(lock.formats ? [`"formats": ${jsonLines(byName(lock.formats), '  ', ['{', '}'])}`] : []),
    ...(lock.order ? [`"order": [${lock.order.map((name) => json(name)).join(', ')}]`] : []),
  ];
  return `${jsonLines(lines, '', ['{', '}'])}\n`;
}
export { describeLockChange } from './lock-change.ts';
