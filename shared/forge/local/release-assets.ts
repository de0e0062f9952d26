import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { digestOfFile, readWholeFile } from '../../platform/whole-file.ts';
import { checkBytes, checkFileName } from '../limits/release-file.ts';
import { AlreadyExistsError, ForgeError } from '../ports/forge-error.ts';
import type { ReleaseAsset, Releases } from '../ports/releases.ts';
import { createBytes, namesIn } from './file.ts';
import { idOfText } from './name.ts';

/** Where releases are. */
interface ReleaseFolders {
  folders(): Promise<readonly string[]>;
  withId(id: number): Promise<{ readonly folder: string }>;
}

/**
 * Files of releases as files: `releases/fuel@v1.2.0/assets/fuel-v1.2.0.zip`. None is half there.
 *
 * @throws ForgeError from its methods, as {@link ReleaseAssets} says.
 */
export function createLocalReleaseAssets({
  folders,
  withId,
}: ReleaseFolders): Pick<Releases, 'assets' | 'upload' | 'deleteAsset' | 'download'> {
  /** The asset's file; undefined when it is gone. */
  async function fileOf(id: number): Promise<string | undefined> {
    for (const folder of await folders()) {
      const assets = path.join(folder, 'assets');
      const name = (await namesIn(assets)).find((one) => idOf(path.join(assets, one)) === id);
      if (name !== undefined) return path.join(assets, name);
    }
    return undefined;
  }
  return {
    async assets(id) {
      const assets = path.join((await withId(id)).folder, 'assets');
      return Promise.all((await namesIn(assets)).map((name) => readAsset(path.join(assets, name))));
    },
    async upload({ id, tag }, { name, bytes }) {
      const doing = `uploading ${name} to the release ${tag}`;
      checkFileName(name, doing);
      const file = path.join((await withId(id)).folder, 'assets', name);
      if (!(await createBytes(file, bytes)))
        throw new AlreadyExistsError(`${doing}: there is a file of this name already`);
      return readAsset(file);
    },
    async deleteAsset(id) {
      const file = await fileOf(id);
      if (file !== undefined) await rm(file, { force: true });
    },
    async download(asset) {
      const doing = `downloading ${asset.name}`;
      const file = await fileOf(asset.id);
      if (file === undefined) throw new ForgeError(`${doing}: there is no such file`, 404);
      const { bytes } = await readWholeFile(file);
      checkBytes(bytes, asset, doing);
      return bytes;
    },
  };
}

/** By folder and name, wherever the forge's own folder is. */
function idOf(file: string): number {
  return idOfText(file.split(path.sep).slice(-3).join('/'));
}

async function readAsset(file: string): Promise<ReleaseAsset> {
  return {
    id: idOf(file),
    name: path.basename(file),
    size: (await stat(file)).size,
    digest: await digestOfFile(file),
    state: 'uploaded',
    url: pathToFileURL(file).href,
  };
}
