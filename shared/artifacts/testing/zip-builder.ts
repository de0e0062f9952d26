import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip archive as a test wants it: what it claims need not be what it holds. */
export interface ZipEntry {
  /** A text is written as UTF-8; bytes as they are. */
  readonly name: string | Uint8Array;
  readonly bytes?: Uint8Array;
  /** Unix mode with its file type; default a plain file. */
  readonly mode?: number;
  /** General purpose flags; bit 0: encrypted. */
  readonly flags?: number;
  /** 0 stored, 8 deflated (default). */
  readonly method?: number;
  /** What the directory claims, where it is not the truth. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  /** The compressed bytes, where they are not what deflating gives. */
  readonly compressed?: Uint8Array;
}

/** What every part of the archive repeats of an entry. */
interface Part {
  readonly entry: ZipEntry;
  readonly name: Buffer;
  readonly data: Buffer;
  readonly head: Buffer;
}

/** A zip archive (PKWARE APPNOTE 4.3) of these entries, written by hand so that it can lie. */
export function buildZip(entries: readonly ZipEntry[], claimedEntries?: number): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of entries.map(partOf)) {
    const header = Buffer.concat([bytes32(0x04034b50), bytes16(20), part.head, bytes16(0), part.name]);
    central.push(centralOf(part, offset));
    local.push(header, part.data);
    offset += header.byteLength + part.data.byteLength;
  }
  const directory = Buffer.concat(central);
  const count = bytes16(claimedEntries ?? entries.length);
  const end = [bytes32(0x06054b50), bytes16(0), bytes16(0), count, count, bytes32(directory.byteLength)];
  return Buffer.concat([...local, directory, ...end, bytes32(offset), bytes16(0)]);
}

/** A well-formed archive of these files. */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return buildZip([...files].map(([name, bytes]) => ({ name, bytes })));
}

function partOf(entry: ZipEntry): Part {
  const bytes = entry.bytes ?? new Uint8Array();
  const name = Buffer.from(entry.name as Uint8Array);
  const method = entry.method ?? 8;
  const data = Buffer.from(entry.compressed ?? (method === 8 ? deflateRawSync(bytes) : bytes));
  const head = Buffer.concat([
    bytes16(entry.flags ?? 0),
    bytes16(method),
    bytes32(0),
    bytes32(entry.claimedCrc ?? crc32(bytes)),
    bytes32(data.byteLength),
    bytes32(entry.claimedSize ?? bytes.byteLength),
    bytes16(name.byteLength),
  ]);
  return { entry, name, data, head };
}

function centralOf({ entry, name, head }: Part, offset: number): Buffer {
  const attributes = ((entry.mode ?? 0o100644) << 16) >>> 0;
  return Buffer.concat([
    ...[bytes32(0x02014b50), bytes16(0x0314), bytes16(20), head],
    ...[bytes16(0), bytes16(0), bytes16(0), bytes16(0)], // extra field, comment, disk, internal attributes
    ...[bytes32(attributes), bytes32(offset), name],
  ]);
}

function bytes16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function bytes32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
