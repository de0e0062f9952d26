import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { type StepWord, stepWordsOf } from '../../model/report/step-words.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { html } from '../markup/html.ts';
import { metricWords } from '../metric-words.ts';
import { disclosure, type Section } from './section.ts';

interface Term {
  readonly term: string;
  readonly meaning: string;
}

/** Parts of the report that have words of their own. */
interface GlossaryParts {
  readonly training: TrainingReport | undefined;
  readonly quality: boolean;
}

const stepTerms: Readonly<Record<StepWord, Term>> = {
  epoch: { term: 'Epoch', meaning: 'One pass of the training over all training rows.' },
  round: {
    term: 'Round',
    meaning:
      'One more tree (of several classes, one for each) that corrects what the trees before it still get wrong.',
  },
  step: { term: 'Step', meaning: 'One step of Newton’s method, which looks at all training rows at once.' },
  penalty: {
    term: 'Penalty',
    meaning:
      'What large weights cost a linear model: a strong one keeps to the mean, a weak one follows the training rows. Each is tried, from the strongest to the weakest. α and C mean what they do in scikit-learn’s Ridge and LogisticRegression, over standardised inputs.',
  },
};

/** The words of this report, plainly: only those that occur in it. */
export function glossarySection(evaluation: Evaluation, parts: GlossaryParts): Section {
  const metrics = evaluation.metrics.map(({ name }) => ({ name, ...metricWords(name) }));
  return {
    id: 'glossary',
    title: 'Glossary',
    body: [
      disclosure(
        'The metrics',
        html`<dl class="glossary">${metrics
          .filter(({ meaning }) => meaning !== '')
          .map(
            ({ name, title, meaning }) =>
              html`<div><dt><code>${name}</code> ${title}</dt><dd>${meaning}</dd></div>`,
          )}</dl>`,
      ),
      disclosure(
        'The terms',
        html`<dl class="glossary">${termsOf(evaluation, parts).map(
          ({ term, meaning }) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`,
        )}</dl>`,
      ),
    ],
  };
}

function termsOf(evaluation: Evaluation, parts: GlossaryParts): Term[] {
  const binary = evaluation.task === 'binary';
  return [
    evaluation.outOfFold
      ? {
          term: 'Out-of-fold rows',
          meaning:
            'The rows were divided into parts, and each part is predicted by a model that was trained on other parts: so all rows show how a model made this way does on what it has not seen.',
        }
      : {
          term: 'Test rows',
          meaning:
            'Rows set aside before training. Only this report looks at them, so they show how the model does on what it has not seen.',
        },
    {
      term: 'Interval',
      meaning:
        'The metric on these rows is one draw. The interval says where it would mostly lie on other rows of the same kind; the fewer rows, the wider.',
    },
    {
      term: 'Bootstrap',
      meaning:
        'How most intervals are made: the judged rows are drawn again many times, and the metric is computed each time, beside a row that these rows do not hold. Shares have an exact interval.',
    },
    { term: 'Gate', meaning: 'A condition on a metric, declared in ciclo.yml, that the model must meet.' },
    {
      term: 'Inconclusive',
      meaning:
        'The interval reaches across the bound: these rows are too few to decide whether the gate holds. The report says whether the value itself lies within the bound or beyond it, and that decides what it means for the verdict.',
    },
    ...when(
      evaluation.metrics.some((m) => m.baseline !== undefined),
      {
        term: 'Naive baseline',
        meaning:
          'What one gets without a model: always the mean of the training rows, or their class frequencies.',
      },
    ),
    { term: 'Champion', meaning: 'The model that is in production now, judged on the same rows.' },
    ...when(evaluation.slices.length > 0, {
      term: 'Slice',
      meaning: 'The judged rows that share a value, or a range of values, of one column.',
    }),
    ...when(parts.training !== undefined, {
      term: 'Permutation importance',
      meaning:
        'How much the metric worsens when the values of one feature are shuffled: what the model loses without it.',
    }),
    ...stepWordsOf(parts.training?.candidates ?? []).map((word) => stepTerms[word]),
    ...when(binary && (evaluation.thresholds?.length ?? 0) > 0, {
      term: 'Operating point',
      meaning: 'The threshold that the model’s own predictions go by, and the scores there.',
    }),
    ...when(binary && (evaluation.calibration?.length ?? 0) > 0, {
      term: 'Calibration',
      meaning: 'Whether predicted probabilities mean what they say.',
    }),
    ...when(binary && (evaluation.roc?.length ?? 0) > 0, {
      term: 'ROC curve',
      meaning:
        'For every threshold, the share of positives found against the share of negatives wrongly flagged.',
    }),
    ...when(evaluation.residuals !== undefined, {
      term: 'Residual',
      meaning: 'Actual minus predicted: what the model missed.',
    }),
    ...when(parts.quality, {
      term: 'Lock',
      meaning: 'ciclo.lock, the file that pins which data this model was made from.',
    }),
    ...when(parts.quality, {
      term: 'Rank correlation',
      meaning:
        'How far two columns rise and fall together, by the order of their values only (Spearman’s): 1 always together, −1 always opposite, 0 neither.',
    }),
  ];
}

function when(condition: boolean, term: Term): Term[] {
  return condition ? [term] : [];
}
