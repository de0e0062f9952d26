import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { makeIgnoredFolder } from '../../platform/ignored-folder.ts';
import { formatJson } from '../../platform/json.ts';
import { AlreadyExistsError, ForgeError } from '../ports/forge-error.ts';
import type { Release, Releases, ReleaseText } from '../ports/releases.ts';
import { createText, namesIn, readText, replaceText } from './file.ts';
import { commitOf } from './git.ts';
import { readJson } from './json.ts';
import { idOfText, safeName } from './name.ts';
import { createLocalReleaseAssets } from './release-assets.ts';
import type { LocalStore } from './store.ts';

const schema = z.object({ tag: z.string(), title: z.string(), draft: z.boolean() });

type ReleaseFile = z.output<typeof schema>;

/** A release's folder and what its files say. */
interface Found {
  readonly folder: string;
  readonly release: Release;
}

/**
 * Releases as folders, `releases/fuel@v1.2.0/` with `release.json`, `notes.md` and `assets/`; a second draft of the tag
 * with ` #2` behind it. `latest-release` names the one that is shown first.
 *
 * @throws ForgeError from its methods, as {@link Releases} says.
 */
export function createLocalReleases(store: LocalStore): Releases {
  const root = path.join(store.folder, 'releases');
  const latestFile = path.join(store.folder, 'latest-release');

  async function all(): Promise<readonly Found[]> {
    const found = await Promise.all((await namesIn(root)).map((name) => readRelease(path.join(root, name))));
    return found.filter((one) => one !== undefined).sort((a, b) => order(a.folder) - order(b.folder));
  }
  async function ofTag(tag: string, draft: boolean): Promise<readonly Found[]> {
    return (await all()).filter(({ release }) => release.tag === tag && release.draft === draft);
  }
  async function withId(id: number): Promise<Found> {
    const found = (await all()).find(({ release }) => release.id === id);
    if (found) return found;
    throw new ForgeError(`there is no release ${id} in ${root}`, 404);
  }

  return {
    ...createLocalReleaseAssets({ folders: async () => (await all()).map(({ folder }) => folder), withId }),
    published: async (tag) => (await ofTag(tag, false))[0]?.release,
    drafts: async (tag) => (await ofTag(tag, true)).map(({ release }) => release),
    async latest() {
      const tag = (await readText(latestFile))?.trim();
      return tag === undefined ? undefined : (await ofTag(tag, false))[0]?.release;
    },
    async createDraft({ tag, title, body }) {
      const folder = await ownFolder(root, tag);
      await replaceText(path.join(folder, 'notes.md'), body);
      // The last of it: a folder without is none.
      await createText(path.join(folder, 'release.json'), formatJson({ tag, title, draft: true }));
      return (await withId(idOfText(path.basename(folder)))).release;
    },
    async update(id, text) {
      const { folder, release } = await withId(id);
      await write(folder, { ...release, ...text });
      return (await withId(id)).release;
    },
    async publish({ id, tag }, { latest }) {
      const doing = `publishing the release ${tag}`;
      if ((await commitOf(store.repository, `refs/tags/${tag}`)) === undefined)
        throw new ForgeError(`${doing}: there is no tag ${tag}; create it first`, 422);
      const { folder, release } = await withId(id);
      const published = (await ofTag(tag, false))[0];
      if (published && published.release.id !== id)
        throw new AlreadyExistsError(`${doing}: a release of this tag is published already`);
      await write(folder, { ...release, draft: false });
      if (latest) await replaceText(latestFile, `${tag}\n`);
      return (await withId(id)).release;
    },
    async deleteDraft(id) {
      const found = (await all()).find(({ release }) => release.id === id);
      if (found && !found.release.draft)
        throw new ForgeError(`deleting the draft release ${id}: it is published`, 422);
      if (found) await rm(found.folder, { recursive: true, force: true });
    },
  };
}

/** Makes a folder that no other draft of the tag has. */
async function ownFolder(root: string, tag: string): Promise<string> {
  makeIgnoredFolder(root);
  await mkdir(root, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = path.join(root, `${safeName(tag)}${number === 1 ? '' : ` #${number}`}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function order(folder: string): number {
  return Number(/ #(\d+)$/.exec(folder)?.[1] ?? 1);
}

async function write(folder: string, { tag, title, body, draft }: ReleaseFile & ReleaseText): Promise<void> {
  await replaceText(path.join(folder, 'notes.md'), body);
  await replaceText(path.join(folder, 'release.json'), formatJson({ tag, title, draft }));
}

async function readRelease(folder: string): Promise<Found | undefined> {
  const file = path.join(folder, 'release.json');
  const content = await readJson(file, 'release', schema);
  if (!content) return undefined;
  const { tag, title, draft } = content;
  const body = (await readText(path.join(folder, 'notes.md'))) ?? '';
  const url = pathToFileURL(file).href;
  const uploadUrl = pathToFileURL(path.join(folder, 'assets')).href;
  return {
    folder,
    release: { id: idOfText(path.basename(folder)), tag, title, body, draft, url, uploadUrl },
  };
}
