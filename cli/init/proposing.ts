import { nameOfFolder } from '../../actions/pipeline/pipeline.ts';
import { aimOf, type Choices, checkColumn, withChoices, withOwnFindings } from '../../shared/init/choices.ts';
import type { FirstLook } from '../../shared/init/first-look.ts';
import type { ColumnFormats, Proposal, SourceDeclaration } from '../../shared/init/proposal.ts';
import { rareLabelsWarning, withRareLabels } from '../../shared/init/rare-labels.ts';
import { type TargetCandidate, targetCandidates } from '../../shared/init/target-candidates.ts';
import { passedOver } from '../../shared/init/unfit-targets.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import type { Session } from '../session/session.ts';
import { type AnalysisPlace, type LabelPolicy, proposalFor, readFirstLook, triedOut } from './analysis.ts';
import { argumentFailure } from './argument-failure.ts';
import { askAim, askFormats, askRareLabels, askRoles } from './asked-choices.ts';
import { sourceOf } from './data-argument.ts';
import type { InitFlags } from './init-flags.ts';
import { lookWithNames } from './look-with-names.ts';
import { lookLines, proposalLines } from './proposal-lines.ts';
import type { Questions } from './questions.ts';

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
  const argument = await sourceOf({ data, query: flags.query, folder: directory });
  const place = { directory, ports: session.ports };
  const seen = async (declared: SourceDeclaration, formats: ColumnFormats): Promise<FirstLook> =>
    readFirstLook(declared, place, formats).catch((error: unknown) => {
      throw argumentFailure(error, declared);
    });
  const given = formatsOf(flags.format);
  const { source, look: first } = await lookWithNames(
    argument,
    (declared) => seen(declared, given),
    session.ports.logger,
  );
  for (const column of Object.keys(given)) checkColumn('--format', column, first);
  terminal.print(...lookLines(first, shownSource(source), terminal));
  terminal.clear();
  const answered = questions ? await askFormats(questions, first.unreadable) : {};
  const formats = { ...given, ...answered };
  const look = Object.keys(answered).length === 0 ? first : await seen(source, formats);
  const candidates = targetCandidates(look.table);
  const asked = questions ? await askAim(questions, candidates, flags) : flags;
  const head = {
    ...{ name: flags.name ?? nameOfFolder(directory), source },
    ...(Object.keys(formats).length === 0 ? {} : { formats }),
  };
  const policy = labelPolicy(asked, questions);
  const aim = aimOf(head, look, candidates, { ...asked, exclude: flags.exclude });
  const own = await proposalFor(aim, look, place, policy);
  terminal.clear();
  const choices: Choices = questions ? await askRoles(questions, own, look, { ...flags, ...asked }) : flags;
  const proposal = await settled(own, choices, look, place, policy);
  terminal.clear();
  terminal.print(...(questions ? [''] : []), ...proposalLines(proposal, terminal), '');
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
  const { found, labels } = await triedOut(proposal, place);
  if (labels.rare.length === 0) return withOwnFindings(proposal, found, look);
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

/** `--format day=d/M/yyyy`; a column's name may have an equals sign, a notation has none. */
function formatsOf(given: readonly string[] = []): ColumnFormats {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf('=');
      if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
      throw new ConfigurationError(
        `--format: ${quote(text)} is no column with its notation; write --format day=d/M/yyyy, or --format "price=1.234,5"`,
      );
    }),
  );
}

function shownSource(source: SourceDeclaration): string {
  return String(source.path ?? source.url ?? source.database ?? source.type);
}
