import path from 'node:path';
import type { Command } from 'commander';
import type { WrittenSite } from '../../actions/deploy/targets/pages-target-folder.ts';
import type { SiteJson } from '../json/json-versions.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { requireLocalHost } from '../session/local-host.ts';
import { findConfig } from '../session/paths.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  type CommonFlags,
  foundCode,
  type Host,
  inSession,
  type Session,
} from '../session/session.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface SiteFlags extends CommonFlags {
  readonly config?: string;
  readonly output?: string;
  readonly exitCode?: boolean;
}

/** `ciclo site`: the pages to predict with, from what is deployed. */
export function addSite(program: Command, host: Host): void {
  const command = program
    .command('site')
    .summary('make the site that predicts in the browser')
    .description(
      'Makes a static site from the released versions: a page that predicts in the browser, the model card, the ' +
        'evaluation, all versions and what the drift checks found, for every pipeline of the repository that has a ' +
        'version in an environment. Needs no server: open its index.html, or put the folder on any web server.',
    )
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)')
    .option('-o, --output <folder>', 'where to write it (default: .ciclo/site beside the configuration)');
  addExitCodeFlag(addCommonFlags(command), 'a page does not answer the stored examples as it should')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'the tags of the git repository, the releases in .ciclo/forge, the branch ciclo-history',
        writes: 'the folder, which is replaced as a whole',
        examples: ['ciclo deploy && ciclo site', 'ciclo site --output public'],
        found: 'a page does not answer the stored examples as it should',
      }),
    )
    .action((flags: SiteFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: SiteFlags, session: Session): Promise<ExitCode> {
  const config = await findConfig(session.io.cwd, flags.config);
  const folder =
    flags.output === undefined
      ? path.join(path.dirname(config), '.ciclo', 'site')
      : session.path(flags.output);
  const { forge } = await requireLocalHost(config);
  const { writeSite } = await import('../../actions/deploy/targets/pages-target-folder.ts');
  const { logger } = session.ports;
  const site = await writeSite({ folder }, { forge, logger });
  session.terminal.print(...siteLines(site, session));
  if (session.json) await session.emit(jsonOf(site));
  return site.differences.length === 0 ? exitCodes.done : foundCode(true, flags);
}

function siteLines(
  { folder, pipelines, differences, large }: WrittenSite,
  { terminal, io }: Session,
): string[] {
  const { style } = terminal;
  return block('Site', terminal, [
    pipelines.map(({ name, version }) => `${name} ${style.good(version)}`).join(', '),
    ...differences.map((difference) => `${style.bad('differs')} ${difference}`),
    ...large.map((advice) => `${style.doubtful('large')} ${advice}`),
    `open ${path.relative(io.cwd, path.join(folder, 'index.html'))}`,
  ]);
}

function jsonOf({ folder, pipelines, differences }: WrittenSite): SiteJson {
  return { folder, pipelines: [...pipelines], differences: [...differences] };
}
