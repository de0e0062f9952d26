const continuation = 0xffffffff;
const dictionaryHeader = 2;
const recordHeader = 3;

/** A message of an Arrow IPC stream. */
interface Message {
  readonly bytes: Uint8Array;
  /** MessageHeader of Message.fbs: 1 schema, 2 dictionary batch, 3 record batch. */
  readonly kind: number;
  /** Of a dictionary batch: which dictionary, and whether it adds to what there is. */
  readonly dictionary?: { readonly id: bigint; readonly isDelta: boolean };
}

/**
 * Cuts an Arrow IPC stream where a dictionary is replaced, which the format allows between record batches: each
 * piece has the schema and one state of every dictionary, and can be read by itself.
 *
 * @throws RangeError when the stream ends inside a message, or begins with none.
 */
export function splitStream(bytes: Uint8Array): Uint8Array[][] {
  const [schema, ...messages] = messagesOf(bytes);
  if (schema?.kind !== 1) throw new RangeError('it does not begin with a schema');
  const current = new Map<bigint, Uint8Array[]>();
  const pieces: Uint8Array[][] = [];
  let records: Uint8Array[] = [];
  const close = (): void => {
    if (records.length > 0 || pieces.length === 0)
      pieces.push([schema.bytes, ...[...current.values()].flat(), ...records]);
    records = [];
  };
  for (const { kind, dictionary, bytes: message } of messages) {
    if (kind === recordHeader) records.push(message);
    else if (kind === dictionaryHeader && dictionary) {
      // A dictionary holds for the batches that follow it: those before keep the state they were written with.
      if (records.length > 0) close();
      const known = current.get(dictionary.id);
      if (dictionary.isDelta && known) current.set(dictionary.id, [...known, message]);
      else current.set(dictionary.id, [message]);
    }
  }
  close();
  return pieces;
}

function messagesOf(bytes: Uint8Array): Message[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Message[] = [];
  let at = 0;
  while (at < bytes.length) {
    const marked = view.getUint32(at, true) === continuation;
    const length = view.getInt32(at + (marked ? 4 : 0), true);
    if (length === 0) break;
    const metadata = at + (marked ? 8 : 4);
    const { bodyLength, ...message } = readMessage(view, metadata);
    const end = metadata + length + bodyLength;
    if (end > bytes.length) throw new RangeError('it ends inside a message');
    messages.push({ ...message, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return messages;
}

/** Reads what is needed of a Message flatbuffer (Message.fbs of the Arrow format). */
function readMessage(view: DataView, start: number): Omit<Message, 'bytes'> & { bodyLength: number } {
  const root = start + view.getUint32(start, true);
  const kindAt = fieldAt(view, root, 1);
  const headerAt = fieldAt(view, root, 2);
  const bodyAt = fieldAt(view, root, 3);
  const kind = kindAt === 0 ? 0 : view.getUint8(kindAt);
  const bodyLength = bodyAt === 0 ? 0 : Number(view.getBigInt64(bodyAt, true));
  if (kind !== dictionaryHeader || headerAt === 0) return { kind, bodyLength };
  const header = headerAt + view.getUint32(headerAt, true);
  const idAt = fieldAt(view, header, 0);
  const deltaAt = fieldAt(view, header, 2);
  const id = idAt === 0 ? 0n : view.getBigInt64(idAt, true);
  return { kind, bodyLength, dictionary: { id, isDelta: deltaAt !== 0 && view.getUint8(deltaAt) === 1 } };
}

/** Where a field of a flatbuffer table lies; 0 when it has its default. */
function fieldAt(view: DataView, table: number, field: number): number {
  const vtable = table - view.getInt32(table, true);
  const slot = 4 + field * 2;
  if (slot >= view.getUint16(vtable, true)) return 0;
  const offset = view.getUint16(vtable + slot, true);
  return offset === 0 ? 0 : table + offset;
}
