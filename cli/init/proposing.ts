import { nameOfFolder } from '../../actions/pipeline/pipeline.ts';
import { fewestPublishedRows } from '../../shared/config/sections/published-rows.ts';
import { aimOf, type Choices, withChoices } from '../../shared/init/choices.ts';
import type { FirstLook } from '../../shared/init/first-look.ts';
import type { Proposal, SourceDeclaration } from '../../shared/init/proposal.ts';
import { targetCandidates } from '../../shared/init/target-candidates.ts';
import type { Session } from '../session/session.ts';
import { proposalFor, readFirstLook } from './analysis.ts';
import { sourceOf } from './data-argument.ts';
import type { InitFlags } from './init-flags.ts';
import { lookLines, proposalLines } from './proposal-lines.ts';
import { askAim, askRoles, type Questions } from './questions.ts';

/** What is proposed for the data, with what was answered. */
export interface Proposed {
  readonly proposal: Proposal;
  readonly look: FirstLook;
}

/**
 * Looks at the data and proposes; asks where there is somebody to answer.
 *
 * @param questions absent where nobody is asked.
 * @throws ConfigurationError when the data cannot be read, or nothing in it can be predicted.
 */
export async function proposed(
  data: string | undefined,
  flags: InitFlags,
  directory: string,
  session: Session,
  questions: Questions | undefined,
): Promise<Proposed> {
  const { terminal } = session;
  const source = await sourceOf({ data, query: flags.query, folder: directory });
  const place = { directory, ports: session.ports };
  const look = await readFirstLook(source, place);
  terminal.print(...lookLines(look, shownSource(source), terminal));
  terminal.clear();
  const candidates = targetCandidates(look.table);
  const asked = questions ? await askAim(questions, candidates, flags) : flags;
  const head = { name: flags.name ?? nameOfFolder(directory), source };
  const aim = aimOf(head, look, candidates, asked);
  const own = await proposalFor(aim, look, place);
  terminal.clear();
  const choices: Choices = questions ? await askRoles(questions, own, look, { ...flags, ...asked }) : flags;
  const proposal = withChoices(own, look, choices);
  terminal.print(...proposalLines(proposal, terminal), '');
  const guessed = candidates.find(({ column }) => column === proposal.target.value);
  if (!questions && flags.target === undefined && guessed?.named === false) {
    session.ports.logger.warn(
      `that ${proposal.target.value} is what is predicted is a guess: no column that can be predicted is called like a target. --target says which one is`,
    );
  }
  if (proposal.labels) {
    session.ports.logger.warn(
      `${proposal.target.value} has labels that fewer than ${fewestPublishedRows} rows have, and ciclo.yml names them all, by which they are published with the model. Where one says something of a single person, merge it with another label before you commit`,
    );
  }
  return { proposal, look };
}

function shownSource(source: SourceDeclaration): string {
  return String(source.path ?? source.url ?? source.database ?? source.type);
}
