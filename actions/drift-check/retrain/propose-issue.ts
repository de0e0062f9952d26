import { ownIssues, upsertIssue } from '../../../shared/forge/upsert/issue-upsert.ts';
import { retrainingIssue } from '../../../shared/report/drift/retraining-issue.ts';
import { rollbackProposal } from '../../../shared/report/drift/rollback-proposal.ts';
import { retrainMarker } from './branch-names.ts';
import {
  issueLabel,
  labelWords,
  type ProposalAction,
  type ProposalForge,
  type ProposalInput,
  type ProposalPorts,
} from './proposal-input.ts';

/** What the issue said is over once there is a pull request. */
export async function closeIssue(
  { pipeline }: ProposalInput,
  number: number,
  forge: ProposalForge,
): Promise<void> {
  const marker = retrainMarker(pipeline);
  for (const issue of await ownIssues(forge.issues, { label: issueLabel, marker })) {
    await forge.issues.update(issue.number, {
      state: 'closed',
      body: `${issue.body.replace(/\n\nA better model was found: #\d+\.$/, '')}\n\nA better model was found: #${number}.`,
    });
  }
}

export async function openIssue(
  input: ProposalInput,
  { forge, clock }: ProposalPorts,
): Promise<ProposalAction> {
  const { pipeline, challenger, report, older, config } = input;
  const { title, body } = older
    ? rollbackProposal({
        pipeline,
        live: report.production?.tag ?? pipeline,
        version: older.version,
        evaluation: older.evaluation,
        report,
        history: input.history,
        ...('evaluation' in challenger ? { challenger: challenger.evaluation } : {}),
        ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
      })
    : retrainingIssue({
        pipeline,
        champion: report.production?.tag ?? pipeline,
        report,
        history: input.history,
        why: input.why,
        confidence: config.retrain.confidence,
        ...('evaluation' in challenger
          ? {
              evaluation: challenger.evaluation,
              lockChanges: challenger.lockChanges,
              ...(challenger.apart ? { apart: challenger.apart } : {}),
            }
          : { reason: challenger.reason }),
        ...(input.runUrl === undefined ? {} : { runUrl: input.runUrl }),
      });
  const labels = [...new Set([issueLabel, ...config.retrain.labels])];
  for (const name of labels) await forge.labels.ensure(name, labelWords);
  const { issue } = await upsertIssue(
    forge.issues,
    { marker: retrainMarker(pipeline), title, body, labels, label: issueLabel },
    { clock },
  );
  return {
    kind: older ? 'rollback' : 'issue',
    number: issue.number,
    reason: `#${issue.number}: ${title}`,
  };
}
