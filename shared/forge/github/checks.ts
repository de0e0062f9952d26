import type { Annotation, CheckContent, CheckRun, CheckRuns } from '../ports/forge.ts';
import type { GitHubSession } from './session.ts';

/** Tells Ciclo's runs from those of another tool, or of a job, that happen to have the same name. */
const externalId = 'ciclo';

/** Annotations of one request. */
const portion = 50;

/** The parts of GitHub's answer that are read. */
interface CheckRunBody {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
  readonly external_id: string | null;
  readonly html_url: string | null;
  readonly url: string;
  readonly output: { readonly summary: string | null; readonly annotations_count: number };
}

/** Check runs by GitHub's REST API; annotations go there in portions, as many as one request may carry. */
export function createGitHubChecks({ client, repository, attempt }: GitHubSession): CheckRuns {
  const { checks } = client.rest;

  /** The first portion went with the check itself; the others are added to it. */
  async function withRest(run: CheckRunBody, content: CheckContent): Promise<CheckRun> {
    let last = run;
    for (let start = portion; start < content.annotations.length; start += portion) {
      const { data } = await checks.update({
        ...repository,
        check_run_id: run.id,
        output: outputOf(content, start),
        request: { retries: 0 },
      });
      last = data;
    }
    return parseRun(last);
  }

  return {
    list(commit, name) {
      const doing = `reading the checks ${JSON.stringify(name)} of ${commit}`;
      return attempt({ doing, permission: 'checks: read' }, async () => {
        const request = {
          ...repository,
          ref: commit,
          check_name: name,
          filter: 'all',
          per_page: 100,
        } as const;
        const runs = await client.paginate(checks.listForRef, request);
        return runs
          .filter(({ external_id }) => external_id === externalId)
          .sort((a, b) => b.id - a.id)
          .map(parseRun);
      });
    },
    annotations(id) {
      return attempt(
        { doing: `reading the annotations of check ${id}`, permission: 'checks: read' },
        async () => {
          const request = { ...repository, check_run_id: id, per_page: 100 };
          return (await client.paginate(checks.listAnnotations, request)).map(parseAnnotation);
        },
      );
    },
    create(commit, content) {
      const doing = `creating the check ${JSON.stringify(content.name)} of ${commit}`;
      return attempt({ doing, permission: 'checks: write' }, async () => {
        const request = { ...repository, head_sha: commit, ...requestOf(content) };
        return withRest((await checks.create(request)).data, content);
      });
    },
    update(id, content) {
      const doing = `updating the check ${JSON.stringify(content.name)} (${id})`;
      return attempt({ doing, permission: 'checks: write' }, async () => {
        // Annotations are added: done twice, they would be there twice.
        const once = content.annotations.length > 0 ? { request: { retries: 0 } } : {};
        const request = { ...repository, check_run_id: id, ...requestOf(content), ...once };
        return withRest((await checks.update(request)).data, content);
      });
    },
  };
}

function requestOf(content: CheckContent) {
  const { name, conclusion, detailsUrl } = content;
  return {
    name,
    external_id: externalId,
    status: 'completed',
    conclusion,
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
    output: outputOf(content, 0),
  } as const;
}

function outputOf({ title, summary, text, annotations }: CheckContent, start: number) {
  return {
    title,
    summary,
    ...(text === undefined ? {} : { text }),
    annotations: annotations.slice(start, start + portion).map(formatAnnotation),
  };
}

function formatAnnotation({ path, line, endLine = line, level, title, message }: Annotation) {
  return { path, start_line: line, end_line: endLine, annotation_level: level, title, message };
}

function parseAnnotation(body: {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string | null;
  readonly title: string | null;
  readonly message: string | null;
}): Annotation {
  const level = body.annotation_level;
  return {
    path: body.path,
    line: body.start_line,
    ...(body.end_line === body.start_line ? {} : { endLine: body.end_line }),
    level: level === 'failure' || level === 'warning' ? level : 'notice',
    title: body.title ?? '',
    message: body.message ?? '',
  };
}

function parseRun({ id, name, conclusion, html_url, url, output }: CheckRunBody): CheckRun {
  const { summary, annotations_count: annotationCount } = output;
  return { id, name, conclusion, summary: summary ?? '', annotationCount, url: html_url ?? url };
}
