import { intervalWords } from '../../metrics/evaluation/interval-words.ts';
import { sameBytesWords } from '../../model/report/same-bytes.ts';
import { visibleText } from '../../text/visible-text.ts';
import { bulletList, clippedText, code, codeFence, details, link, type Markdown, md } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';

/** Where the numbers come from, and how to get them again, to be opened. */
export function provenanceDetails(report: PullRequestReport): Markdown {
  const { provenance, evaluation, links } = report;
  const { bootstrap, champion } = evaluation;
  const { digests } = provenance;
  return details('Provenance', [
    bulletList(
      [
        md`Commit ${code(provenance.commit)}${links.config === undefined ? '' : md`, declared in ${link(code('ciclo.yml'), links.config)}`}`,
        digests.dataset !== undefined && md`Dataset ${code(digests.dataset, 80)}`,
        digests.model !== undefined && md`Model ${code(digests.model, 80)}`,
        md`Evaluation ${code(digests.evaluation, 80)}, fingerprint ${code(provenance.fingerprint, 80)}`,
        champion &&
          md`Champion ${code(champion.name)}${champion.digest === undefined ? '' : md`, ${code(champion.digest, 80)}`}`,
        md`Intervals: ${intervalWords(bootstrap)}`,
        provenance.engine !== undefined &&
          md`Engine ${clippedText(provenance.engine, 80)}${reproducibleWords(provenance.reproducible)}`,
        md`Ciclo ${clippedText(provenance.version, 40)}`,
      ].filter((line) => line !== false && line !== undefined),
    ),
  ]);
}

function reproducibleWords(reproducible: boolean | undefined): string {
  return reproducible === undefined ? '' : `: ${sameBytesWords(reproducible)}`;
}

/**
 * The commands that give the same figures, to be opened. Nothing can be escaped in them: with a comment's opening, by which
 * a comment's marker could be feigned, they are not shown.
 */
export function commandDetails({ command }: PullRequestReport): Markdown | undefined {
  return command.length === 0 || command.some((line) => line.includes('<!--'))
    ? undefined
    : details('Run it yourself', [md`In a checkout of this commit:`, codeFence('sh', command.map(oneLine))]);
}

/** A line break in an argument would be another command; what cannot be seen is written out. */
function oneLine(line: string): string {
  return visibleText(line.replace(/\s+/g, ' ')).slice(0, 1000);
}
