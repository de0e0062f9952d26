import { dataChanges } from '../../shared/dataset/profile/data-changes.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import type { DeclaredChange } from './declared-change.ts';
import type { ValidateOutputs } from './validate-inputs.ts';

/** What a pull request shows of an evaluation. */
export interface ReportParts {
  readonly outputs: ValidateOutputs;
  /** What the pull request declares otherwise than the base branch; absent when there is none to compare with. */
  readonly declared?: DeclaredChange;
  readonly commit: string;
  readonly links: PullRequestReport['links'];
  readonly origin: PullRequestReport['origin'];
  /** Path of ciclo.yml from the repository's root. */
  readonly config: string;
}

/** Gathers it: the evaluation, what changed in declaration and data, how the model came to be, how to run it oneself. */
export function pullRequestReport(parts: ReportParts): PullRequestReport {
  const { outputs, declared } = parts;
  const { model, champion, dataset } = outputs.judged;
  const digests = outputs.evaluation;
  return {
    evaluation: outputs.evaluation,
    looks: outputs.looks,
    training: model.training,
    quality: dataset.quality,
    schema: model.schema,
    ...(declared ? { declaration: declarationOf(declared, outputs) } : {}),
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
  { branch, changes, comparable, agreement }: DeclaredChange,
  { alsoUnder }: ValidateOutputs,
): NonNullable<PullRequestReport['declaration']> {
  return {
    base: branch,
    changes,
    ...(agreement ? { agreement } : {}),
    ...(alsoUnder === undefined
      ? comparable
        ? { verdict: 'same' }
        : {}
      : 'evaluation' in alsoUnder
        ? { verdict: alsoUnder.evaluation }
        : {}),
  };
}
