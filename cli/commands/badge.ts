import type { Command } from 'commander';
import type { Badge } from '../../shared/site/badge.ts';
import type { BadgeJson } from '../json/json-versions.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { requireLocalHost } from '../session/local-host.ts';
import {
  addCommonFlags,
  type CommonFlags,
  type Host,
  inSession,
  openPipeline,
  type Session,
} from '../session/session.ts';
import { helpAfter } from './pipeline-help.ts';

interface BadgeFlags extends CommonFlags {
  readonly config?: string;
}

/** `ciclo badge`: what the site's badge says, and the line that shows it in a README. */
export function addBadge(program: Command, host: Host): void {
  const command = program
    .command('badge')
    .summary('show the state of the model as a badge')
    .description(
      'Says what the badge of the pipeline says: the version in production, its verdict, and what the last check of live ' +
        'data found. With the address of the site it prints the line of Markdown that shows the badge in a README; ' +
        'shields.io draws it from badge.json, which the site has beside the pages.',
    )
    .argument('[address]', 'where the site is published: https://acme.github.io/models')
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)');
  addCommonFlags(command)
    .addHelpText(
      'after',
      helpAfter({
        reads:
          'ciclo.yml, the tags of the git repository, the releases in .ciclo/forge, the branch ciclo-history',
        writes: 'nothing',
        examples: ['ciclo badge', 'ciclo badge https://acme.github.io/models >> README.md'],
      }),
    )
    .action((address: string | undefined, flags: BadgeFlags) =>
      inSession(host, flags, (session) => work(address, flags, session)),
    );
}

async function work(address: string | undefined, flags: BadgeFlags, session: Session): Promise<ExitCode> {
  const pipeline = await openPipeline(session.io.cwd, flags.config);
  const { forge } = await requireLocalHost(pipeline.loaded.file);
  const { pipelineBadge } = await import('../../actions/deploy/badge.ts');
  const { badgeMarkdown } = await import('../../shared/site/badge.ts');
  const badge = await pipelineBadge(pipeline, { forge, logger: session.ports.logger });
  const markdown = address === undefined ? undefined : badgeMarkdown(badge.label, address);
  if (session.json) await session.emit(jsonOf(badge, markdown));
  else await session.terminal.data(`${markdown ?? `${badge.label}: ${badge.message}`}\n`);
  return exitCodes.done;
}

function jsonOf(badge: Badge, markdown: string | undefined): BadgeJson {
  return { badge: { ...badge }, ...(markdown === undefined ? {} : { markdown }) };
}
