import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { intervalWords } from '../../metrics/evaluation/interval-words.ts';
import { sameBytesWords } from '../../model/report/same-bytes.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import type { Section } from './section.ts';

/** SHA-256 digests of what went in and came out, in hexadecimal; what is not known is left out. */
export type ReportDigests = Readonly<
  Partial<Record<'config' | 'lock' | 'dataset' | 'model' | 'predictions' | 'evaluation', string>>
>;

/** Where the numbers come from and how to get them again. */
export function provenanceSection(
  evaluation: Evaluation,
  training: TrainingReport | undefined,
  digests: ReportDigests,
): Section {
  const { bootstrap, champion } = evaluation;
  return {
    id: 'provenance',
    title: 'Provenance',
    lead: 'The same data, configuration and seeds give these numbers again.',
    body: [
      html`<dl class="facts">${[
        fact('Task', html`${evaluation.task}, target ${dataText(evaluation.target)}`),
        fact('Intervals', intervalWords(bootstrap)),
        training && fact('Engine', engineWords(training)),
        training && fact('Training seed', String(training.seed)),
        digest('Model', digests.model ?? evaluation.model),
        digest('Dataset', digests.dataset ?? evaluation.dataset),
        digest('Predictions', digests.predictions ?? evaluation.predictions),
        digest('Champion', champion?.digest),
        digest('Configuration', digests.config),
        digest('Lock', digests.lock),
        digest('Evaluation', digests.evaluation),
      ]}</dl>`,
      html`<h3>Run it yourself</h3><pre><code>${commandOf(evaluation)}</code></pre><p class="note">In a checkout of the repository. It writes <code>evaluation.json</code>, which holds every number of this page, and this page.</p>`,
    ],
  };
}

function engineWords({ engine }: TrainingReport): Markup {
  return html`${engine.name} ${dataText(engine.version, 20)}, ${engine.backend}: ${sameBytesWords(engine.reproducible)}`;
}

function commandOf(evaluation: Evaluation): string {
  return evaluation.predictions !== undefined && evaluation.model === undefined
    ? `npx ciclo validate --predictions predictions.csv --task ${evaluation.task}`
    : 'npx ciclo run';
}

function digest(name: string, value: string | undefined): Child {
  return value === undefined
    ? undefined
    : fact(`${name} digest`, html`<code class="digest">${dataText(value, 80)}</code>`);
}

function fact(name: Child, value: Child): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
