import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { textOf } from './project-files.ts';

const trace = new NoOperationTraceWriter();

/** Reusable workflows of this project are found in this checkout, whatever the reference. */
const files = {
  getFileContent: async (reference: object) => {
    const path = 'path' in reference ? String(reference.path) : '';
    return { name: path, content: textOf(path) };
  },
};

/** What GitHub's own parser has against a workflow, with the reusable workflows that it calls. */
export async function workflowErrors(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, trace);
  if (value) await convertWorkflowTemplate(context, value, files, { fetchReusableWorkflowDepth: 1 });
  return context.errors.getErrors().map((error) => error.toString());
}

/** What GitHub's own parser has against an action.yml. */
export function actionErrors(name: string, content: string): string[] {
  return parseAction({ name, content }, trace)
    .context.errors.getErrors()
    .map((error) => error.toString());
}
