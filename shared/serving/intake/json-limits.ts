import { badRequest, RequestError } from '../request-error.ts';

/** What a JSON body may hold, whatever its bytes: objects and lists take far more memory than the text that writes them. */
export interface JsonLimits {
  /** Objects and lists within each other. */
  readonly depth: number;
  readonly objects: number;
  readonly lists: number;
  /** Members of an object. */
  readonly members: number;
}

/** Objects, lists and members of a request beside those of its records: tensors, outputs, parameters, misspelt names. */
const beside = 1000;

/**
 * What the layouts of a request's records need: an object for each record, or a list for each of its values, as tensors of
 * the shape [rows, 1] have them.
 *
 * @param columns that a record can have, features or not.
 */
export function jsonLimits(rows: number, columns: number): JsonLimits {
  return {
    depth: 32,
    objects: rows + beside,
    lists: rows * (columns + 1) + beside,
    members: columns + beside,
  };
}

const quotation = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Looks through a text of JSON before it is parsed, in one pass over its bytes. What is not JSON is left to the parser.
 *
 * @throws RequestError 400 for more nesting or members, 413 for more objects or lists, than the limits allow.
 */
export function checkJson(bytes: Uint8Array, { depth, objects, lists, members }: JsonLimits): void {
  let open = 0;
  /** Of the objects and lists that are open, by depth. */
  const found = new Uint32Array(depth + 1);
  let braces = 0;
  let brackets = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === quotation) {
      i = endOfText(bytes, i + 1);
    } else if (byte === openBrace || byte === openBracket) {
      if (byte === openBrace) braces++;
      else brackets++;
      if (++open > depth) {
        throw badRequest(
          `the body has more than ${depth} objects or lists within each other; records are objects of plain values`,
        );
      }
      found[open] = 0;
    } else if (byte === colon) {
      if (open >= 0 && ++found[open]! > members) {
        throw badRequest(
          `an object of the body has more than ${members} members; a record has a value for each feature`,
        );
      }
    } else if (byte === closeBrace || byte === closeBracket) {
      open--;
    }
  }
  if (braces > objects) throw tooMany(`${braces} objects`, objects);
  if (brackets > lists) throw tooMany(`${brackets} lists`, lists);
}

/** The place of the quotation mark that ends a text, or the end of the bytes. */
function endOfText(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i < bytes.length && bytes[i] !== quotation) i += bytes[i] === backslash ? 2 : 1;
  return i;
}

function tooMany(found: string, most: number): RequestError {
  return new RequestError(413, `the body has ${found}, and ${most} are read: send fewer records at a time`);
}
