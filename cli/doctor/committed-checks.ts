import path from 'node:path';
import type { Pipeline } from '../../actions/pipeline/pipeline.ts';
import { sourcesOf } from '../../shared/config/sections/data-section.ts';
import { listNames } from '../../shared/text/nearest-name.ts';
import { localPaths } from '../init/files-to-add.ts';
import { bytesLines } from '../init/kept-bytes.ts';
import type { Checkout } from '../session/checkout.ts';
import { git } from '../session/git.ts';
import { largeFileMend, largeFiles, largeFileWords } from '../session/large-files.ts';
import { type Finding, ok } from './finding.ts';

/** Whether what a workflow reads is what lies here: the declaration is committed, and git leaves the data's bytes alone. */
export async function committedFindings(checkout: Checkout, pipeline: Pipeline): Promise<Finding[]> {
  return [...(await declarationFindings(checkout, pipeline)), ...(await lineEndFindings(checkout, pipeline))];
}

/** Data that GitHub refuses or warns of, where git keeps it as it is; nothing where all of it is small. */
export async function largeFileFindings({ loaded }: Pipeline): Promise<Finding[]> {
  const { data, monitor } = loaded.config;
  const sources = [...sourcesOf(data), monitor.source, monitor.labels];
  const paths = sources.flatMap((source) => [
    ...localPaths(source),
    ...(source?.type === 'duckdb' && source.database !== undefined ? [source.database] : []),
  ]);
  const files = await largeFiles(path.dirname(loaded.file), [...new Set(paths)]);
  return [true, false].flatMap((refused): Finding[] => {
    const some = files.filter((file) => file.refused === refused);
    if (some.length === 0) return [];
    const status = refused ? 'fail' : 'warn';
    return [{ check: 'file sizes', status, message: largeFileWords(some), mend: largeFileMend(some) }];
  });
}

/** ciclo.yml and ciclo.lock: a pull request is judged by what is committed. */
async function declarationFindings({ root }: Checkout, { loaded, lock }: Pipeline): Promise<Finding[]> {
  const folder = path.dirname(loaded.file);
  const config = path.basename(loaded.file);
  const names = [config, ...(lock ? ['ciclo.lock'] : [])];
  const said = await git(
    folder,
    ['status', '--porcelain', '--ignored', '--untracked-files=all', '--', ...names],
    'looking what is committed',
  );
  const lines = said.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return [ok('committed', `${listNames(names)}, as they are here`)];
  const shown = (line: string): string => path.relative(folder, path.join(root, line.slice(3)));
  const ignored = lines.filter((line) => line.startsWith('!!')).map(shown);
  const open = lines.filter((line) => !line.startsWith('!!')).map(shown);
  const add = (files: readonly string[], force: string): string =>
    `git add ${force}${files.join(' ')} && git commit -m "Declare the model"`;
  return [
    ...(ignored.length === 0
      ? []
      : [
          {
            check: 'committed',
            status: 'fail' as const,
            message: `git ignores ${listNames(ignored)}: workflows do not see it`,
            mend: `take the line out of .gitignore, or: ${add(ignored, '--force ')}`,
          },
        ]),
    ...(open.length === 0
      ? []
      : [
          {
            check: 'committed',
            status: 'warn' as const,
            message: `${listNames(open)} ${open.length === 1 ? 'is' : 'are'} not committed as here: workflows judge by what is committed`,
            mend: add(open, ''),
          },
        ]),
  ];
}

/** Data files of text whose line ends git changes, or may change on another system: their digests are in ciclo.lock. */
async function lineEndFindings({ root, folder: place }: Checkout, { loaded }: Pipeline): Promise<Finding[]> {
  const { data, monitor } = loaded.config;
  const sources = [...sourcesOf(data), monitor.source, monitor.labels];
  const patterns = [...new Set(sources.flatMap(localPaths))].filter((name) => !name.startsWith('..'));
  if (patterns.length === 0) return [];
  const folder = path.dirname(loaded.file);
  const files = await endsOf(folder, patterns);
  const check = 'line ends';
  const changed = files.filter(({ index, here }) => index !== here);
  const open = files.filter(({ index, attributes }) => !isKept(index, attributes));
  if (files.length === 0) return [];
  const wanted = bytesLines(patterns, place);
  const mend = wanted.map(
    (line) => `echo '${line}' >> ${path.relative(folder, path.join(root, '.gitattributes'))}`,
  );
  const [first] = changed;
  if (first) {
    const message = `git has changed the line ends of ${listNames(
      changed.map(({ file }) => file),
      3,
    )} (${first.index} in the repository, ${first.here} here), and so bytes that ciclo.lock pins`;
    const again = `rm ${changed.map(({ file }) => `'${file}'`).join(' ')} && git checkout -- ${changed.map(({ file }) => `'${file}'`).join(' ')}`;
    return [{ check, status: 'fail', message, mend: [...mend, again].join(' && ') }];
  }
  if (open.length === 0) return [ok(check, 'git leaves the bytes of the data alone')];
  const message = `git may change the line ends of ${listNames(
    open.map(({ file }) => file),
    3,
  )} in a clone, as Git for Windows does, and so bytes that ciclo.lock pins`;
  return [{ check, status: 'warn', message, mend: mend.join(' && ') }];
}

/** Line ends of a file of text in the repository and here, and what .gitattributes says of them. */
interface LineEnds {
  readonly file: string;
  readonly index: string;
  readonly here: string;
  readonly attributes: string;
}

async function endsOf(folder: string, patterns: readonly string[]): Promise<LineEnds[]> {
  const specs = patterns.map((pattern) => (/[*?[]/.test(pattern) ? `:(glob)${pattern}` : pattern));
  const said = await git(
    folder,
    ['-c', 'core.quotePath=false', 'ls-files', '--eol', '--', ...specs],
    'looking at line ends',
  );
  return said.split('\n').flatMap((line): LineEnds[] => {
    const [, index = '', here = '', attributes = '', file = ''] =
      /^i\/(\S*)\s+w\/(\S*)\s+attr\/(.*?)\s*\t(.*)$/.exec(line) ?? [];
    // Binary files and those without a line end stay as they are.
    if (!['lf', 'crlf', 'mixed'].includes(index)) return [];
    return [{ file, index, here, attributes }];
  });
}

function isKept(index: string, attributes: string): boolean {
  return attributes.split(' ').includes('-text') || (index === 'lf' && attributes.includes('eol=lf'));
}
