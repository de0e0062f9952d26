import { readFile, writeFile } from 'node:fs/promises';

/** Changes one bit in the middle of a file, its size staying as it is. */
export async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  const middle = bytes.length >> 1;
  bytes[middle] = bytes[middle]! ^ 1;
  await writeFile(file, bytes);
}
