import { nameOfFolder } from '../../actions/pipeline/pipeline.ts';
import { aimOf, type Choices, withChoices } from '../../shared/init/choices.ts';
import type { FirstLook } from '../../shared/init/first-look.ts';
import type { Proposal, SourceDeclaration } from '../../shared/init/proposal.ts';
import { rareLabelsWarning, withRareLabels } from '../../shared/init/rare-labels.ts';
import { type TargetCandidate, targetCandidates } from '../../shared/init/target-candidates.ts';
import { passedOver } from '../../shared/init/unfit-targets.ts';
import type { Session } from '../session/session.ts';
import { type AnalysisPlace, type LabelPolicy, proposalFor, readFirstLook, triedOut } from './analysis.ts';
import { argumentFailure } from './argument-failure.ts';
import { sourceOf } from './data-argument.ts';
import type { InitFlags } from './init-flags.ts';
import { lookLines, proposalLines } from './proposal-lines.ts';
import { askAim, askRareLabels, askRoles, type Questions } from './questions.ts';

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
  const look = await readFirstLook(source, place).catch((error: unknown) => {
    throw argumentFailure(error, source);
  });
  terminal.print(...lookLines(look, shownSource(source), terminal));
  terminal.clear();
  const candidates = targetCandidates(look.table);
  const asked = questions ? await askAim(questions, candidates, flags) : flags;
  const head = { name: flags.name ?? nameOfFolder(directory), source };
  const policy = labelPolicy(asked, questions);
  const own = await proposalFor(aimOf(head, look, candidates, asked), look, place, policy);
  terminal.clear();
  const choices: Choices = questions ? await askRoles(questions, own, look, { ...flags, ...asked }) : flags;
  const proposal = await settled(own, choices, look, place, policy);
  terminal.clear();
  terminal.print(...proposalLines(proposal, terminal), '');
  if (!questions) warn(proposal, { look, candidates, flags }, session);
  return { proposal, look };
}

/** The proposal with what was chosen, as it can be prepared. */
async function settled(
  own: Proposal,
  choices: Choices,
  look: FirstLook,
  place: AnalysisPlace,
  policy: LabelPolicy,
): Promise<Proposal> {
  const proposal = withChoices(own, look, choices);
  const labels = await triedOut(proposal, place);
  if (labels.rare.length === 0) return proposal;
  const aim = withRareLabels(proposal, labels, await policy(proposal, labels));
  return settled(await proposalFor(aim, look, place, policy), choices, look, place, policy);
}

/** Nothing but a person's word publishes labels that few rows have: a flag, or an answer, which is asked for once. */
function labelPolicy({ task, publishRareLabels }: Choices, questions: Questions | undefined): LabelPolicy {
  let publish = publishRareLabels;
  return async ({ target }, found) => {
    if (publish === undefined && questions) publish = await askRareLabels(questions, target.value, found);
    return { publish: publish === true, chosen: task };
  };
}

/** What nobody was asked, and somebody may want otherwise. */
function warn(
  { target, rareLabels }: Proposal,
  { look, candidates, flags }: { look: FirstLook; candidates: readonly TargetCandidate[]; flags: InitFlags },
  { ports: { logger } }: Session,
): void {
  const name = target.value;
  if (flags.target === undefined) {
    for (const { column, why } of passedOver(look, name)) {
      logger.warn(
        `${column} is called like what is predicted, but it ${why}: ${name} is taken instead. --target says which column is predicted`,
      );
    }
    const guessed = candidates.find(({ column }) => column === name);
    if (guessed?.named === false) {
      logger.warn(
        `that ${name} is what is predicted is a guess: no column that can be predicted is called like a target. --target says which one is`,
      );
    }
  }
  if (rareLabels) logger.warn(rareLabelsWarning(name, rareLabels));
}

function shownSource(source: SourceDeclaration): string {
  return String(source.path ?? source.url ?? source.database ?? source.type);
}
