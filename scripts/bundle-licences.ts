import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** A module in the bundler's statistics; modules that were joined into one are inside it. */
interface Module {
  readonly nameForCondition?: string | null | undefined;
  readonly modules?: readonly Module[] | undefined;
}

const moduleSchema: z.ZodType<Module> = z.lazy(() =>
  z.object({
    nameForCondition: z.string().nullish(),
    modules: z.array(moduleSchema).optional(),
  }),
);

const statistics = z.object({ modules: z.array(moduleSchema) });

const person = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  author: person.optional(),
  repository: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]).optional(),
});

/** `…/node_modules/name` or `…/node_modules/@scope/name` at the beginning of a module's path. */
const packageFolder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

const licenceFile = /^(licen[cs]e|copying|notice)/i;

function foldersOf(modules: readonly Module[]): string[] {
  return modules.flatMap(({ nameForCondition, modules: inner = [] }) => {
    const folder = packageFolder.exec(nameForCondition ?? '')?.[0];
    return [...(folder === undefined ? [] : [folder]), ...foldersOf(inner)];
  });
}

/** A package and its licence. */
interface Notice {
  readonly name: string;
  readonly licence: string;
  readonly body: string;
}

async function noticeOf(folder: string): Promise<Notice> {
  const about = manifest.parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')));
  const files = (await readdir(folder)).filter((name) => licenceFile.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  const origin = [about.author, about.repository].filter((part) => part !== undefined).join(', ');
  const body =
    texts.length > 0
      ? texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n')
      : `The package holds no text of its licence.${origin === '' ? '' : ` It is by ${origin}.`}`;
  const name = `${about.name} ${about.version}`;
  return { name, licence: about.license ?? 'the package names no licence', body };
}

/**
 * The licences of every package that went into a bundle, sorted by name.
 *
 * @param stats what `ncc --stats-out` wrote, as parsed JSON.
 */
export function bundleLicences(stats: unknown): Promise<string> {
  return licencesOf(foldersOf(statistics.parse(stats).modules));
}

/** The same, by the paths of the modules. */
export function packageLicences(modules: readonly string[]): Promise<string> {
  return licencesOf(foldersOf(modules.map((nameForCondition) => ({ nameForCondition }))));
}

async function licencesOf(all: readonly string[]): Promise<string> {
  const folders = [...new Set(all)];
  const notices = await Promise.all(folders.map(noticeOf));
  const byName = new Map(notices.map((notice) => [notice.name, notice]));
  const sorted = [...byName.keys()].sort().map((name) => byName.get(name)!);
  // Packages of one house have one text: it stands once, under all their names.
  const groups = Map.groupBy(sorted, ({ licence, body }) => `${licence}\n\n${body}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [...groups]
    .map(([text, packages]) => `${packages.map(({ name }) => name).join('\n')}\n${text}`)
    .join(rule);
}
