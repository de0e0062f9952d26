import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { quote } from '../../platform/errors.ts';
import { measuredShare } from '../../text/percent.ts';
import type { EffectiveShares } from '../dependence/effective-rows.ts';
import type { CategoryPair } from '../samples/category-pair.ts';
import { rowsOf } from '../samples/cell-pair.ts';
import { constantP } from '../structural/constant-values.ts';
import { type NewCategories, newCategories } from '../structural/new-categories.ts';
import type { StructuralTest, Structure } from '../structural/structural-test.ts';

/** New categories that a sentence names. */
const mostNamed = 3;

function newWords(name: string, { added, share, sure }: NewCategories, rows: number): string {
  const novelty = sure ? 'new' : 'new, or was rare';
  const named = added.slice(0, mostNamed).map(({ label, rows: own }) => ({ label, share: own / rows }));
  if (named.length === 1 && added.length === 1) {
    return `${name}: ${quote(named[0]!.label)} is ${novelty}: ${measuredShare(share)}`;
  }
  const list = named.map((one) => `${quote(one.label)} (${measuredShare(one.share)})`).join(', ');
  const left = added.length - named.length;
  return `${name}: ${list}${left > 0 ? ` and ${left} more` : ''} are ${novelty}: ${measuredShare(share)}`;
}

/** Changes of a column of categories or booleans that have words of their own. */
export function categoryStructure(name: string, pair: CategoryPair, shares: EffectiveShares): Structure {
  const rows = rowsOf(pair);
  const seen: StructuralTest[] = [];
  const p = constantP(pair, shares);
  if (p !== undefined) {
    const label = pair.labels[pair.current.findIndex((count) => count > 0)];
    // A cell of several categories together is not one value.
    if (label !== undefined) {
      const value = rows.current >= fewestPublishedRows ? ` at ${quote(label)}` : '';
      seen.push({ change: 'constant', p, words: `${name} is constant${value}` });
    }
  }
  if (!pair.named) return { tested: ['constant'], seen };
  const found = newCategories({ named: pair.named, unseen: pair.hidden, rows }, shares);
  if (found) {
    seen.push({ change: 'new-categories', p: found.p, words: newWords(name, found, rows.current) });
  }
  return { tested: ['constant', 'new-categories'], seen };
}
