import { sortedJson } from './json.ts';

const encoder = new TextEncoder();

/**
 * The bytes of `formatJson`, piece by piece. What is iterable and no text is an array, whose items may be made when their
 * turn comes: neither all of them nor the whole text need be in memory.
 *
 * @throws TypeError for NaN and infinities, when their turn comes.
 */
export function* jsonPieces(value: unknown): Generator<Uint8Array> {
  for (const text of texts(value, '', 0)) yield encoder.encode(text);
  yield encoder.encode('\n');
}

/** Items of arrays below so many levels are written whole. */
const split = 2;

function* texts(value: unknown, indent: string, level: number): Generator<string> {
  if (level > split || value === null || typeof value !== 'object') {
    yield indented(value, level);
    return;
  }
  const [open, close, items] = isIterable(value)
    ? ['[', ']', unnamed(value)]
    : ['{', '}', named(value as Readonly<Record<string, unknown>>)];
  const inner = `${indent}  `;
  let count = 0;
  for (const [name, item] of items) {
    yield `${count++ === 0 ? open : ','}\n${inner}${name}`;
    yield* texts(item, inner, level + 1);
  }
  yield count === 0 ? `${open}${close}` : `\n${indent}${close}`;
}

/** An item as it stands inside so many levels: JSON.stringify indents it as deep as arrays around it make it. */
function indented(value: unknown, level: number): string {
  let nested = sortedJson(value);
  for (let i = 0; i < level; i++) nested = [nested];
  const text = JSON.stringify(nested, null, 2);
  // Level by level a bracket, a line's end and spaces: 2, 4, … before the item, and 0, 2, … behind it.
  return text.slice(level * (level + 3), text.length - level * (level + 1));
}

type Items = Iterable<readonly [name: string, item: unknown]>;

function* unnamed(items: Iterable<unknown>): Items {
  for (const item of items) yield ['', item];
}

/** In the order of `formatJson`: an object puts names that are whole numbers first, whatever order they are given in. */
function* named(value: Readonly<Record<string, unknown>>): Items {
  const ordered = Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, value[name]]),
  );
  for (const [name, item] of Object.entries(ordered)) {
    if (item !== undefined) yield [`${JSON.stringify(name)}: `, item];
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}
