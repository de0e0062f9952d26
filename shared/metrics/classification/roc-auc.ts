import { rankedArea } from '../rows/ranking.ts';
import { oneAgainstRest } from './one-against-rest.ts';
import { probabilityMetric } from './probabilities.ts';

/**
 * Area under the ROC curve: the chance that a random positive row gets a higher probability than a random negative
 * one, ties counting half.
 *
 * The Mann-Whitney statistic over positives × negatives; 0.5 is guessing, 1 perfect (Hanley and McNeil, "The meaning
 * and use of the area under a receiver operating characteristic (ROC) curve", 1982). Of several classes, the mean of
 * each against the rest. scikit-learn: `roc_auc_score`, of several classes with `multi_class="ovr"`, average macro.
 * Undefined when a class has no rows, or all.
 *
 * @example positives 0.9, 0.4; negatives 0.4, 0.1: (1 + 1 + ½ + 1) / 4 = 0.875
 */
export const rocAuc = probabilityMetric('roc-auc', (rows) => oneAgainstRest(rows, rankedArea));
