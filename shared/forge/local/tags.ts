import { ForgeError } from '../ports/forge-error.ts';
import { compareTags, type NewTag, type Tag, type Tags } from '../ports/tags.ts';
import { commitOf, git } from './git.ts';
import { tagsElsewhere } from './remote-tags.ts';
import type { LocalStore } from './store.ts';

/** Ends a record of git's list; no message holds a NUL. */
const end = '\0\x01\n';
const fields = ['refname:strip=2', 'objecttype', '*objecttype', '*objectname', 'taggerdate:unix', 'contents'];
const format = `${fields.map((field) => `%(${field})`).join('%00')}%00%01`;

/** Git's own tags, for its own tools to read. @throws ForgeError from its methods, as {@link Tags} says. */
export function createLocalTags({ repository, author }: LocalStore): Tags {
  async function annotated(): Promise<readonly Tag[]> {
    const { code, stdout, stderr } = await git(repository, [
      'for-each-ref',
      `--format=${format}`,
      'refs/tags',
    ]);
    if (code !== 0) throw new ForgeError(`reading the tags of ${repository}: ${stderr.trim()}`, undefined);
    return stdout.toString('utf8').split(end).flatMap(parseTag);
  }
  return {
    async list(prefix) {
      return (await annotated()).filter(({ name }) => name.startsWith(prefix)).sort(compareTags);
    },
    elsewhere: (artifact) => tagsElsewhere(repository, artifact),
    async create(tag) {
      const doing = `tagging ${tag.commit} as ${tag.name}`;
      const sha = await createObject(repository, tag, { doing, author });
      const ref = `refs/tags/${tag.name}`;
      // Only if there is none: git holds the ref's lock between looking and writing.
      const update = `create ${ref}\0${sha}\0`;
      const { code, stderr } = await git(repository, ['update-ref', '--stdin', '-z'], update);
      const { name, commit, time, message } = tag;
      if (code === 0) return { change: 'created', commit, tag: { name, commit, time, message } };
      const found = await commitOf(repository, ref);
      if (found === undefined) throw new ForgeError(`${doing}: ${stderr.trim()}`, 422);
      const existing = (await annotated()).find((other) => other.name === name);
      return { change: 'exists', commit: found, tag: existing };
    },
  };
}

function parseTag(record: string): readonly Tag[] {
  const [name, type, targetType, commit, time, message] = record.split('\0');
  if (name === undefined || commit === undefined || message === undefined) return [];
  if (type !== 'tag' || targetType !== 'commit') return [];
  return [{ name, commit, time: Number(time), message: message.trimEnd() }];
}

async function createObject(
  repository: string,
  { name, commit, time, message, tagger }: NewTag,
  { doing, author }: { readonly doing: string; readonly author: string },
): Promise<string> {
  if ((await git(repository, ['check-ref-format', `refs/tags/${name}`])).code !== 0)
    throw new ForgeError(`${doing}: Reference name is invalid`, 422);
  if (!/^[0-9a-f]{40,64}$/.test(commit) || (await commitOf(repository, commit)) !== commit)
    throw new ForgeError(`${doing}: there is no commit ${commit}`, 422);
  const who = tagger ?? { name: author, email: `${author}@localhost` };
  const head = [
    `object ${commit}`,
    'type commit',
    `tag ${name}`,
    `tagger ${who.name} <${who.email}> ${time} +0000`,
  ];
  const { code, stdout, stderr } = await git(repository, ['mktag'], `${head.join('\n')}\n\n${message}\n`);
  if (code !== 0) throw new ForgeError(`${doing}: ${stderr.trim()}`, 422);
  return stdout.toString('utf8').trim();
}
