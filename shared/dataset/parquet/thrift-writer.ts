/** A value of Thrift's compact protocol, as far as Parquet's metadata needs one. */
export type ThriftValue =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'binary'; readonly value: string }
  | { readonly kind: 'struct'; readonly value: ThriftFields }
  | { readonly kind: 'list'; readonly value: readonly ThriftValue[] };

/** The fields of a struct by number, in rising order. */
export type ThriftFields = readonly (readonly [id: number, value: ThriftValue])[];

const typeNumbers = { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

export const int32 = (value: number): ThriftValue => ({ kind: 'i32', value });
export const int64 = (value: number): ThriftValue => ({ kind: 'i64', value });
export const flag = (value: boolean): ThriftValue => ({ kind: 'boolean', value });
export const binary = (value: string): ThriftValue => ({ kind: 'binary', value });
export const struct = (value: ThriftFields): ThriftValue => ({ kind: 'struct', value });
export const list = (value: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', value });

/** A struct's bytes in Thrift's compact protocol (thrift-compact-protocol.md of Apache Thrift). */
export function writeStruct(fields: ThriftFields): Uint8Array {
  const bytes: number[] = [];
  appendStruct(bytes, fields);
  return Uint8Array.from(bytes);
}

/** An unsigned number, seven bits a byte, the least first. */
export function appendVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function appendStruct(bytes: number[], fields: ThriftFields): void {
  let last = 0;
  for (const [id, value] of fields) {
    // No struct of Parquet's skips more than 15 numbers: the step fits into the type's byte.
    bytes.push(((id - last) << 4) | typeNumberOf(value));
    last = id;
    if (value.kind !== 'boolean') appendValue(bytes, value);
  }
  bytes.push(0);
}

/** A boolean field has its value for a type. */
function typeNumberOf(value: ThriftValue): number {
  if (value.kind === 'boolean') return value.value ? 1 : 2;
  return typeNumbers[value.kind];
}

function appendValue(bytes: number[], value: Exclude<ThriftValue, { kind: 'boolean' }>): void {
  switch (value.kind) {
    case 'i32':
    case 'i64':
      appendVarint(bytes, value.value < 0 ? -2 * value.value - 1 : 2 * value.value);
      return;
    case 'binary': {
      const text = Buffer.from(value.value);
      appendVarint(bytes, text.length);
      bytes.push(...text);
      return;
    }
    case 'struct':
      appendStruct(bytes, value.value);
      return;
    case 'list':
      appendList(bytes, value.value);
  }
}

/** @throws TypeError for a list of booleans, which Parquet's metadata has none of. */
function appendList(bytes: number[], items: readonly ThriftValue[]): void {
  const type = items[0] ? typeNumberOf(items[0]) : typeNumbers.struct;
  if (items.length < 15) bytes.push((items.length << 4) | type);
  else {
    bytes.push(0xf0 | type);
    appendVarint(bytes, items.length);
  }
  for (const item of items) {
    if (item.kind === 'boolean') throw new TypeError('lists of booleans are not written');
    appendValue(bytes, item);
  }
}
