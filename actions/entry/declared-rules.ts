import path from 'node:path';
import { needsAgreement } from '../../shared/config/declaration/declaration-changes.ts';
import { parseConfig } from '../../shared/config/load.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { parseLock } from '../../shared/config/lock/lock-file.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { agreementLabel } from '../../shared/report/pull-request/agreement.ts';
import { type Agreement, agreementOn } from '../validate/agreement.ts';
import {
  type BaseDeclaration,
  type DeclaredChange,
  declaredChange,
  isLoosened,
} from '../validate/declared-change.ts';
import type { ValidateOutputs } from '../validate/validate-inputs.ts';
import type { StepInputs } from './inputs.ts';
import { type PipelinePlace, requiredToken, type StepHost } from './step.ts';

/** What one line says of rules that were loosened and to which nobody agreed; nothing where that does not stop the job. */
export function unagreed(declared: DeclaredChange | undefined): string[] {
  const { agreement, changes = [] } = declared ?? {};
  if (agreement?.state !== 'awaited' || !agreement.stops) return [];
  const sentences = changes.filter(needsAgreement).map(({ sentence }) => sentence);
  return [
    'this pull request changes what it is judged by, and nobody has agreed (on-loosened: fail):',
    ...sentences.slice(0, 20).map((sentence) => `  ${sentence}`),
    ways,
    ...agreement.why.map((reason) => `  ${reason}`),
  ];
}

const ways = `somebody with write access approves this very commit in a review; a maintainer who works alone puts on the label ${agreementLabel}`;

/** What was judged, and by which rules beside its own. */
interface Judged {
  readonly place: PipelinePlace;
  readonly base: BaseDeclaration | undefined;
  readonly outputs: ValidateOutputs;
  readonly forge: Forge | undefined;
}

/** What the change declares otherwise than its base, and whether somebody agreed. */
export async function declaredOf(
  inputs: Pick<StepInputs<'validate'>, 'on-loosened' | 'github-token'>,
  { place, base, outputs, forge }: Judged,
  host: StepHost,
): Promise<DeclaredChange | undefined> {
  const { context, ports } = host;
  const path = place.repositoryPath;
  if (!base || !forge || path === undefined) return undefined;
  const head = await headLock(base, path, forge, host);
  const declared = declaredChange(
    'reason' in head ? { branch: base.branch, state: 'unreadable', ...head } : base,
    {
      loaded: place.pipeline.loaded,
      lock: 'reason' in head ? undefined : head.lock,
      path,
      champion: outputs.evaluation.champion,
    },
  );
  if (!declared || !isLoosened(declared)) return declared;
  const number = context.pullRequest?.number ?? context.queued;
  const found: Agreement =
    number === undefined
      ? { state: 'awaited', why: ['this run is of no pull request that could be agreed to'] }
      : await agreementOn(
          number,
          context.pullRequest?.head,
          await host.agreements(requiredToken(inputs['github-token'], 'asking who agreed')),
        );
  const stops = inputs['on-loosened'] === 'fail';
  if (found.state === 'agreed') {
    ports.logger.info(`${found.by} agreed to what this pull request changes of its rules, by a ${found.how}`);
    return { ...declared, agreement: found };
  }
  if (!stops) ports.logger.warn(`this pull request changes what it is judged by, and nobody has agreed`);
  return { ...declared, agreement: { ...found, stops } };
}

/** ciclo.lock as the commit that runs has it: the one in the checkout may have been written by `prepare`. */
async function headLock(
  base: BaseDeclaration,
  config: string,
  forge: Forge,
  { context }: StepHost,
): Promise<{ readonly lock: Lock | undefined } | { readonly reason: string }> {
  if (base.state !== 'there' || !base.lock) return { lock: undefined };
  return readable(() => lockAt(config, context.ranCommit, forge));
}

async function lockAt(
  config: string,
  ref: string,
  forge: Forge,
): Promise<{ readonly lock: Lock | undefined }> {
  const file = path.posix.join(path.posix.dirname(config), 'ciclo.lock');
  const text = await forge.contents.read(file, ref);
  return { lock: text === undefined ? undefined : parseLock(text, file) };
}

async function readable<T extends object>(work: () => Promise<T>): Promise<T | { readonly reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ForgeError || error instanceof ConfigurationError) return { reason: error.message };
    throw error;
  }
}

/** ciclo.yml as it stands where the change is going, so that a change of the rules is seen and judged by the old ones too. */
export async function baseOf(
  { repositoryPath }: PipelinePlace,
  forge: Forge | undefined,
  { context }: StepHost,
): Promise<BaseDeclaration | undefined> {
  const { base } = context;
  if (!base || !forge || repositoryPath === undefined) return undefined;
  const { branch, commit } = base;
  const found = await readable(async () => {
    const text = await forge.contents.read(repositoryPath, commit);
    if (text === undefined) return { state: 'none' } as const;
    const loaded = parseConfig(text, repositoryPath);
    return { state: 'there', loaded, ...(await lockAt(repositoryPath, commit, forge)) } as const;
  });
  return 'reason' in found ? { branch, state: 'unreadable', ...found } : { branch, ...found };
}
