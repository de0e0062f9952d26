import { fromBufferPromise } from 'yauzl';

/** All that a zip archive holds, archives within it unpacked too, as one text of bytes. */
export async function unpackedText(zip: Buffer): Promise<string> {
  const archive = await fromBufferPromise(zip, { autoClose: false });
  const texts: string[] = [];
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const name = String(entry.fileName);
    texts.push(name, name.endsWith('.zip') ? await unpackedText(bytes) : bytes.toString('latin1'));
  }
  return texts.join('\n');
}
