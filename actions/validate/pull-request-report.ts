import { declarationChanges } from '../../shared/config/declaration/declaration-changes.ts';
import type { LoadedConfig } from '../../shared/config/load.ts';
import { dataChanges } from '../../shared/dataset/profile/data-changes.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import type { ValidateOutputs } from './validate.ts';

/** ciclo.yml as the base branch has it. */
export interface BaseDeclaration {
  readonly branch: string;
  readonly loaded: LoadedConfig;
}

/** What a pull request shows of an evaluation. */
export interface ReportParts {
  readonly outputs: ValidateOutputs;
  readonly head: LoadedConfig;
  /** The base branch's ciclo.yml; absent when there is none to compare with. */
  readonly base?: BaseDeclaration;
  readonly commit: string;
  readonly links: PullRequestReport['links'];
  readonly origin: PullRequestReport['origin'];
  /** Path of ciclo.yml from the repository's root. */
  readonly config: string;
}

/** Gathers it: the evaluation, what changed in declaration and data, how the model came to be, how to run it oneself. */
export function pullRequestReport(parts: ReportParts): PullRequestReport {
  const { outputs, base, head } = parts;
  const { model, champion, dataset } = outputs.judged;
  const digests = outputs.evaluation;
  return {
    evaluation: outputs.evaluation,
    training: model.training,
    quality: dataset.quality,
    schema: model.schema,
    ...(base ? { declaration: declarationOf(base, head, outputs) } : {}),
    ...(champion ? { data: dataChanges(champion, model) } : {}),
    provenance: {
      commit: parts.commit,
      digests: {
        ...(digests.dataset === undefined ? {} : { dataset: digests.dataset }),
        ...(digests.model === undefined ? {} : { model: digests.model }),
        evaluation: outputs.digest,
      },
      fingerprint: outputs.fingerprint,
      version: cicloVersion,
      ...(model.manifest.engine === undefined ? {} : { engine: model.manifest.engine }),
      ...(model.manifest.reproducible === undefined ? {} : { reproducible: model.manifest.reproducible }),
    },
    links: parts.links,
    origin: parts.origin,
    command: [`git checkout ${parts.commit}`, `npx ciclo run --config ${parts.config}`],
  };
}

function declarationOf(
  { branch, loaded }: BaseDeclaration,
  head: LoadedConfig,
  { alsoUnder }: ValidateOutputs,
): NonNullable<PullRequestReport['declaration']> {
  return {
    base: branch,
    changes: declarationChanges(loaded, head),
    ...(alsoUnder === undefined
      ? { verdict: 'same' }
      : 'evaluation' in alsoUnder
        ? { verdict: alsoUnder.evaluation }
        : {}),
  };
}
