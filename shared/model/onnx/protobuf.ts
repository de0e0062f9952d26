/** A field of a protobuf message, as it lies in the bytes; what it means, the message's own definition says. */
export interface ProtobufField {
  readonly number: number;
  /** Of wire types 0 (varint), 1 and 5 (fixed): the number. Of type 2 (length-delimited): the bytes. */
  readonly value: number | Uint8Array;
}

/**
 * Reads the fields of one protobuf message in their order, without a definition (protobuf.dev, "Encoding"). Numbers
 * beyond 2^53 lose their last digits; nothing here reads such.
 *
 * @throws RangeError when the bytes end within a field, or are no protobuf.
 */
export function* protobufFields(bytes: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function varint(): number {
    let value = 0;
    for (let scale = 1, i = 0; i < 10; i++, scale *= 128) {
      if (at >= bytes.length) throw new RangeError('the bytes end within a number');
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number has more than ten bytes');
  }

  function skip(length: number): number {
    const from = at;
    if (length > bytes.length - at) throw new RangeError('the bytes end within a field');
    at += length;
    return from;
  }

  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number === 0) throw new RangeError('a field has the number 0');
    switch (tag % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: view.getFloat64(skip(8), true) };
        break;
      case 2: {
        const length = varint();
        const from = skip(length);
        yield { number, value: bytes.subarray(from, from + length) };
        break;
      }
      case 5:
        yield { number, value: view.getFloat32(skip(4), true) };
        break;
      default:
        throw new RangeError(`a field has the unknown wire type ${tag % 8}`);
    }
  }
}

/** The messages, texts or bytes of one field. */
export function bytesFields(message: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const field of protobufFields(message)) {
    if (field.number === number && typeof field.value !== 'number') found.push(field.value);
  }
  return found;
}

/** A numeric field: of several the last, as protobuf has it; undefined when the message has none. */
export function numberField(message: Uint8Array, number: number): number | undefined {
  let found: number | undefined;
  for (const field of protobufFields(message)) {
    if (field.number === number && typeof field.value === 'number') found = field.value;
  }
  return found;
}

/** A text field; empty when the message has none. */
export function textField(message: Uint8Array, number: number): string {
  const bytes = bytesFields(message, number).at(-1);
  return bytes ? new TextDecoder().decode(bytes) : '';
}
