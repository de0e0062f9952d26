import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { messageOf, quote } from '../../platform/errors.ts';
import type { Location } from '../../platform/logger.ts';
import type { KeyPath } from './key-path.ts';
import type { Problem } from './problem.ts';

/** Largest ciclo.yml or ciclo.lock that is read, in characters; a year of daily parts is under 1 % of it. */
const maxLength = 16 * 1024 * 1024;
/** More uses of aliases than this is a file made to exhaust memory, not a configuration. */
const maxAliases = 100;

/** A YAML file as plain values, with the positions of its keys. */
export interface YamlText {
  /** Undefined when the file could not be read as YAML at all; `problems` says why. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The position of a key path: the key in a map, the entry in a list; of the nearest ancestor that exists. */
  locate(path: KeyPath): Location;
}

const explanations: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab is used for indentation; YAML wants spaces',
  MULTIPLE_DOCS: 'a second document begins here (---); the file holds one',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line, with its colon',
  NON_STRING_KEY: 'a key must be plain text',
  TAG_RESOLVE_FAILED: 'tags (!name) are not supported',
};

function explain(error: YAMLError): string {
  const known = explanations[error.code];
  if (known) return known;
  const text = error.message.replace(/\.$/, '');
  return `this is not YAML: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function failure(file: string, message: string): YamlText {
  const location = { file, line: 1, column: 1 };
  return { value: undefined, problems: [{ path: [], message, location }], locate: () => location };
}

/** The offset of a key path's nearest existing ancestor; aliases are followed to what they stand for. */
function offsetOf(document: Document, path: KeyPath): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
      node = node.items[part];
      const range = (node as Node | null)?.range;
      if (range) offset = range[0];
    } else break;
  }
  return offset;
}

/** Syntax problems: one for each line, because what follows on a line is a consequence; ten at most. */
function syntaxProblems(document: Document, at: (offset: number) => Location): Problem[] {
  const problems = new Map<number, Problem>();
  for (const error of [...document.errors, ...document.warnings]) {
    if (error.code === 'DUPLICATE_KEY') continue;
    const location = at(error.pos[0]);
    const line = location.line ?? 0;
    if (!problems.has(line)) problems.set(line, { path: [], message: explain(error), location });
  }
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const location = at(alias.range?.[0] ?? 0);
      problems.set(location.line ?? 0, {
        path: [],
        message: `the alias *${alias.source} has no anchor &${alias.source} before it`,
        location,
      });
    },
  });
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      const location = at(key.range?.[0] ?? 0);
      const message = '"__proto__" cannot be a key: JavaScript keeps the name for itself';
      problems.set(location.line ?? 0, { path: [], message, location });
    },
  });
  return [...problems.values()].slice(0, 10);
}

function duplicateKeys(document: Document, text: string, at: (offset: number) => Location): Problem[] {
  return document.errors
    .filter((error) => error.code === 'DUPLICATE_KEY')
    .map((error) => {
      const key = /^["']?([^\s:"',{}[\]]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
      const message = `the key ${quote(key)} is given twice in the same map; keep one`;
      return { path: [], message, location: at(error.pos[0]) };
    });
}

/**
 * Reads YAML 1.2 (or JSON) without throwing: what is wrong is in `problems`.
 * Duplicate keys are problems of their own and the rest of the file is still read.
 */
export function readYaml(text: string, file: string): YamlText {
  if (text.length > maxLength) {
    return failure(file, `the file has ${text.length} characters; at most ${maxLength} are read`);
  }
  const lines = new LineCounter();
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: 'error',
    });
    if (document.errors.some((error) => /call stack/i.test(error.message))) throw new RangeError();
    const locate = (path: KeyPath): Location => at(offsetOf(document, path));
    const syntax = syntaxProblems(document, at);
    if (syntax.length > 0) return { value: undefined, problems: syntax, locate };
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    JSON.stringify(value); // throws on an alias that contains itself
    return { value, problems: duplicateKeys(document, text, at), locate };
  } catch (error) {
    if (error instanceof RangeError) return failure(file, 'lists or maps are nested too deeply to be read');
    if (error instanceof ReferenceError) {
      return failure(
        file,
        `aliases (*name) multiply the file over ${maxAliases} times; write the values out`,
      );
    }
    if (error instanceof TypeError)
      return failure(file, 'an alias (*name) contains itself; write the values out');
    return failure(file, `this is not YAML: ${messageOf(error)}`);
  }
}
