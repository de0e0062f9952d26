// What users see of models, data and drift: data → Markdown, HTML, charts. Pure; a room for each kind of page.
import type { QualityReport } from '../dataset/quality/quality-report.ts';
import type { DatasetSchema } from '../dataset/schema/schema.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { TrainingReport } from '../model/report/training-report.ts';
import { confusionSection } from './evaluation/classification.ts';
import { gatesSection } from './evaluation/gates.ts';
import { glossarySection } from './evaluation/glossary.ts';
import { importanceSection } from './evaluation/importance.ts';
import { learningSection } from './evaluation/learning.ts';
import { metricsSection } from './evaluation/metrics.ts';
import { probabilitySection } from './evaluation/probabilities.ts';
import { provenanceSection, type ReportDigests } from './evaluation/provenance.ts';
import { qualitySection } from './evaluation/quality.ts';
import { regressionSection } from './evaluation/regression.ts';
import { detailLimits, isSmallEnough, renderReportPage } from './evaluation/report-page.ts';
import type { ListLimit, Section } from './evaluation/section.ts';
import { slicesSection } from './evaluation/slices.ts';
import { thresholdSection } from './evaluation/thresholds.ts';
import { reportTitle, verdictSection } from './evaluation/verdict.ts';

/** What an evaluation report is made of; only the evaluation must be there. */
export interface EvaluationReportInput {
  readonly evaluation: Evaluation;
  readonly training?: TrainingReport;
  readonly quality?: QualityReport;
  readonly schema?: DatasetSchema;
  readonly digests?: ReportDigests;
}

/** Of the long lists less is shown each time, until the report is small enough. */
const limits = detailLimits([1, 0.5, 0.2, 0.05]);

/**
 * report.html: one file with everything in it, no script, nothing loaded from anywhere, under 500 KB. The verdict
 * comes first. The same input gives the same bytes.
 */
export async function renderEvaluationReport(input: EvaluationReportInput): Promise<string> {
  let page = '';
  for (const limit of limits) {
    page = await renderWith(input, limit);
    if (isSmallEnough(page)) break;
  }
  return page;
}

async function renderWith(input: EvaluationReportInput, limit: ListLimit): Promise<string> {
  const { evaluation } = input;
  return renderReportPage({
    title: reportTitle(evaluation),
    description: evaluation.headline,
    kind: 'report',
    head: verdictSection(evaluation),
    sections: await sectionsOf(input, limit),
    source: 'evaluation.json',
  });
}

/** What decides, after the verdict; the other sections are detail. */
const open: ReadonlySet<string> = new Set(['gates', 'metrics']);

async function sectionsOf(
  { evaluation, training, quality, schema, digests }: EvaluationReportInput,
  limit: ListLimit,
): Promise<Section[]> {
  const sections = [
    gatesSection(evaluation, limit),
    metricsSection(evaluation),
    training && (await learningSection(training, limit)),
    await regressionSection(evaluation),
    confusionSection(evaluation, limit),
    thresholdSection(evaluation),
    await probabilitySection(evaluation, limit),
    slicesSection(evaluation, limit),
    training && importanceSection(training, limit),
    quality && qualitySection(quality, schema, limit),
    provenanceSection(evaluation, training, digests ?? {}),
    glossarySection(evaluation, { training, quality: quality !== undefined }),
  ];
  return sections
    .filter((section) => section !== undefined)
    .map((section) => ({ ...section, folded: !open.has(section.id) }));
}
