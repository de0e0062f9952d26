import type { z } from 'zod';
import { nearestWord } from '../../text/nearest-name.ts';
import { type KeyPath, valueAt } from './key-path.ts';
import type { Problem } from './problem.ts';
import { branchesWith, keysOf, nounOf, type Schema, schemaAt, wordsOf } from './schema-walk.ts';
import { allowedWords } from './schema-words.ts';

type Issue = z.core.$ZodIssue;

/** Quotes a value as it stands in YAML: `null` is an empty place, and infinities are not JSON. */
function quoteValue(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}

/** The part of a wrong value that a small change of writing would mend. */
function hintFor(value: unknown, schema: Schema): string {
  const admits = (other: unknown): boolean => parses(schema, other);
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (admits(String(value))) return `; in quotes it is text: "${value}";`;
    if (admits(`${value}%`)) return `; did you mean ${value}%?`;
  }
  if (typeof value === 'string' && value.trim() !== '') {
    const number = Number(value.replace(',', '.'));
    if (!Number.isNaN(number) && admits(number)) return `; did you mean ${number}, without quotes?`;
    const known = nearestWord(value, wordsOf(schema));
    if (known !== undefined && known !== value) return `; did you mean "${known}"?`;
  }
  if (!Array.isArray(value) && value !== null && admits([value]))
    return `; did you mean [${quoteValue(value)}]?`;
  return '';
}

function parses(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

function missing(path: KeyPath, schema: Schema | undefined): Problem {
  if (!schema) return { path, message: 'is missing' };
  return { path, message: `is missing${descriptionOf(schema)}; allowed: ${allowedWords(schema)}` };
}

function wrongValue(path: KeyPath, root: Schema, raw: unknown): Problem {
  const value = valueAt(raw, path);
  const schema = schemaAt(root, path, raw);
  if (value === undefined) return missing(path, schema);
  if (!schema) return { path, message: `${quoteValue(value)} is not allowed` };
  const allowed = allowedWords(schema);
  const hint = hintFor(value, schema);
  if (value === null) return { path, message: `nothing is written here; allowed: ${allowed}` };
  const noun = nounOf(schema);
  const verdict = noun ? `is not ${noun}` : 'is not allowed';
  return {
    path,
    message: `${quoteValue(value)} ${verdict}${hint}${hint === '' ? ';' : ''} allowed: ${allowed}`,
  };
}

function wrongType(path: KeyPath, root: Schema, raw: unknown): Problem {
  const value = valueAt(raw, path);
  const schema = schemaAt(root, path, raw);
  if (value === undefined) return missing(path, schema);
  if (!schema || value === null || nounOf(schema)) return wrongValue(path, root, raw);
  const hint = hintFor(value, schema);
  const kind = typeof value === 'boolean' ? '' : ` is ${kindOf(value)}`;
  const verdict = kind === '' ? ' is not allowed' : `${kind}, which is not allowed`;
  return {
    path,
    message: `${quoteValue(value)}${verdict} here${hint}${hint === '' ? ';' : ''} allowed: ${allowedWords(schema)}`,
  };
}

function descriptionOf(schema: Schema): string {
  const text = (schema as z.ZodType).description;
  return text ? ` (${text.replace(/\.$/, '')})` : '';
}

/** Where in the whole file a key would be right: `validate.primary` for a `primary` at the top. */
function placesOf(key: string, schema: Schema, path: string[] = []): string[] {
  return keysOf(schema, undefined).flatMap((name) => {
    const here = [...path, name];
    const child = schemaAt(schema, [name], undefined);
    const deeper = child && path.length < 2 ? placesOf(key, child, here) : [];
    return name === key ? [here.join('.'), ...deeper] : deeper;
  });
}

function unknownKey(path: KeyPath, key: string, root: Schema, raw: unknown): Problem {
  const schema = schemaAt(root, path, raw);
  const holder = valueAt(raw, path);
  const full = [...path, key];
  if (!schema) return { path: full, message: 'unknown key' };
  const allowed = keysOf(schema, holder);
  const unused = allowed.filter((name) => !Object.hasOwn((holder ?? {}) as object, name));
  const list = `allowed: ${allowed.join(', ')}`;
  const branches = branchesWith(schema, key);
  if (branches.length > 0) {
    return { path: full, message: `this key belongs to type ${branches.join(' or ')}; ${list}` };
  }
  const places = placesOf(key, root);
  if (places.length === 1) {
    return { path: full, message: `unknown key here; did you mean ${places[0]}? ${list}` };
  }
  const near = nearestWord(key, unused);
  if (near) return { path: full, message: `unknown key; did you mean "${near}"? ${list}` };
  return { path: full, message: `unknown key; ${list}` };
}

/** How far a union's branch is from what was written: smaller is nearer. */
function distanceOf(issues: readonly Issue[], value: unknown): number {
  const structured = typeof value === 'object' && value !== null;
  let total = 0;
  for (const issue of issues) {
    if (issue.path.length > 0) total += issue.code === 'invalid_type' && issue.path.length === 1 ? 3 : 1;
    else if (issue.code === 'unrecognized_keys') total += 4 * issue.keys.length;
    else if (issue.code === 'invalid_type' || structured) total += 1000;
    else total += 2;
  }
  return total;
}

function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  prefix: KeyPath,
  root: Schema,
  raw: unknown,
): Problem[] {
  const path = [...prefix, ...(issue.path as KeyPath)];
  const discriminator = (issue as { discriminator?: string }).discriminator;
  if (discriminator !== undefined) {
    const holder = schemaAt(root, path.slice(0, -1), raw);
    const value = valueAt(raw, path);
    const words = ((issue as { options?: unknown[] }).options ?? []).map(String);
    const allowed = `allowed: ${words.join(', ')}`;
    if (value === undefined)
      return [{ path, message: `is missing${holder ? descriptionOf(holder) : ''}; ${allowed}` }];
    const near = typeof value === 'string' ? nearestWord(value, words) : undefined;
    const hint = near ? `; did you mean "${near}"?` : ';';
    return [{ path, message: `${quoteValue(value)} is not a known ${discriminator}${hint} ${allowed}` }];
  }
  const value = valueAt(raw, path);
  const branches = [...issue.errors].sort((a, b) => distanceOf(a, value) - distanceOf(b, value));
  const nearest = branches[0];
  if (!nearest || nearest.every((inner) => inner.path.length === 0 && inner.code !== 'unrecognized_keys')) {
    return [wrongValue(path, root, raw)];
  }
  return nearest.flatMap((inner) => issueProblems(inner, path, root, raw));
}

function issueProblems(issue: Issue, prefix: KeyPath, root: Schema, raw: unknown): Problem[] {
  const path = [...prefix, ...(issue.path as KeyPath)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, root, raw));
    case 'invalid_union':
      return unionProblems(issue, prefix, root, raw);
    case 'invalid_type':
      return [wrongType(path, root, raw)];
    case 'invalid_format':
      return [wrongValue(path, root, raw)];
    case 'too_small':
    case 'too_big': {
      if (issue.origin === 'array' || (issue.origin === 'string' && valueAt(raw, path) !== '')) {
        const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
        const what = issue.origin === 'array' ? 'entries' : 'characters';
        return [{ path, message: `${quoteValue(valueAt(raw, path))} must have ${bound} ${what}` }];
      }
      return [wrongValue(path, root, raw)];
    }
    case 'custom':
      return [{ path, message: issue.message }];
    default:
      return [wrongValue(path, root, raw)];
  }
}

/**
 * zod's issues in a person's words: the value quoted, what is allowed, the likely meaning.
 * Of a union the nearest branch is reported; a missing key whose misspelling is reported is not reported twice.
 */
export function schemaProblems(issues: readonly Issue[], root: Schema, raw: unknown): Problem[] {
  const problems = issues.flatMap((issue) => issueProblems(issue, [], root, raw));
  const meant = new Set<string>();
  for (const { path, message } of problems) {
    const near = /^unknown key; did you mean "(.+?)"/.exec(message)?.[1];
    if (near) meant.add(JSON.stringify([...path.slice(0, -1), near]));
  }
  return problems.filter(
    ({ path, message }) => !(message.startsWith('is missing') && meant.has(JSON.stringify(path))),
  );
}
