import { upsertIssue } from '../../../shared/forge/upsert/issue-upsert.ts';
import { structureIssue } from '../../../shared/report/drift/structure-issue.ts';
import { structureMarker } from './branch-names.ts';
import {
  issueLabel,
  labelWords,
  type ProposalAction,
  type ProposalInput,
  type ProposalPorts,
} from './proposal-input.ts';

/**
 * Opens the issue about changes of structure, or makes the open one say what this check found. It is an issue of its own: a
 * better model that is found later does not close it.
 */
export async function proposeStructure(
  input: Pick<ProposalInput, 'pipeline' | 'config' | 'report' | 'history' | 'runUrl'>,
  { forge, clock }: ProposalPorts,
): Promise<ProposalAction> {
  const { pipeline, config, report, history, runUrl } = input;
  const { title, body } = structureIssue({
    pipeline,
    champion: report.production?.tag ?? pipeline,
    report,
    history,
    ...(runUrl === undefined ? {} : { runUrl }),
  });
  const labels = [...new Set([issueLabel, ...config.retrain.labels])];
  for (const name of labels) await forge.labels.ensure(name, labelWords);
  const { issue } = await upsertIssue(
    forge.issues,
    { marker: structureMarker(pipeline), title, body, labels, label: issueLabel },
    { clock },
  );
  return { kind: 'issue', number: issue.number, reason: `#${issue.number}: ${title}; nothing was trained` };
}
