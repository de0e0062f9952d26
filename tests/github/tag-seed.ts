import { createHash } from 'node:crypto';
import type { Repository } from './state.ts';
import type { TagObject } from './tag-state.ts';

/** The object of an annotated tag, with the SHA that git gives it. The ref is another matter. */
export function addTagObject(repository: Repository, seed: Omit<TagObject, 'sha'>): TagObject {
  const { name, message, object, tagger } = seed;
  const seconds = Math.floor(Date.parse(tagger.date) / 1000);
  const head = [`object ${object}`, 'type commit', `tag ${name}`];
  const content = `${[...head, `tagger ${tagger.name} <${tagger.email}> ${seconds} +0000`].join('\n')}\n\n${message}`;
  const hash = createHash('sha1')
    .update(`tag ${Buffer.byteLength(content)}\0`)
    .update(content);
  const tag = { ...seed, sha: hash.digest('hex') };
  repository.tagObjects.set(tag.sha, tag);
  return tag;
}

export interface TagSeed {
  readonly name: string;
  readonly commit: string;
  /** As GitHub writes it: `2026-01-05T09:00:00Z`. */
  readonly date?: string;
  readonly message?: string;
}

/** An annotated tag and its ref, as GTO makes one. */
export function addTag(
  repository: Repository,
  { name, commit, date = '2026-01-05T08:00:00Z', message = `${name}\n` }: TagSeed,
): TagObject {
  const tagger = { name: 'octocat', email: 'octocat@users.noreply.github.com', date };
  const tag = addTagObject(repository, { name, message, object: commit, tagger });
  repository.refs.set(`tags/${name}`, tag.sha);
  return tag;
}
