import { rowAt } from '../../dataset/table/table.ts';
import { treesOf } from '../../model/testing/trees-builder.ts';
import { squaredLoss } from '../../model/trees/boosting-losses.ts';
import { sampleHistory } from '../../report/testing/sample-drift.ts';
import { type SampleSite, sampleSite, sampleTable } from './sample-site.ts';

/** The same site with trees in place of its network. */
export function treesSite(site: SampleSite, options: Parameters<typeof treesOf>[4] = {}): SampleSite {
  const { schema, recipe } = site.model;
  const table = sampleTable();
  const targets = Float64Array.from({ length: table.rows }, (_, row) => {
    const { weight, doors, origin, turbo } = rowAt(table, row);
    return 10 + Number(weight) / 100 + (origin === 'Japan' ? 5 : 0) + Number(doors ?? 9) + (turbo ? 3 : 0);
  });
  return { ...site, model: { schema, recipe, ...treesOf(recipe, table, squaredLoss, targets, options) } };
}

/** Ends an element, an attribute and a text, and would run. */
const attack = `</script><img src=x onerror=alert(1)>"'&<b>`;
/** A pipeline whose every name is markup, code, or a name that objects have already. */
const hostile = sampleSite(
  'multiclass',
  {
    weight: `weight${attack}`,
    doors: '__proto__',
    origin: `\u202eorigin`,
    turbo: '${turbo}',
    sold: '-->',
    target: `target${attack}`,
    origins: [`a${attack}`, '', '__proto__'],
    classes: ['__proto__', `a${attack}`, '\u2028b'],
    unit: '<i>kg',
  },
  {
    ...{ name: 'hostile', description: attack, links: [{ label: attack, href: 'javascript:alert(1)' }] },
    history: sampleHistory(6, [`column${attack}`, '__proto__']).map((line, i) => ({
      ...line,
      ...{ model: attack, run: 'javascript:alert(1)', window: { after: null, until: attack } },
      outcome: (['drift', 'no-drift', 'not-enough-data', 'nothing-to-compare'] as const)[i % 4]!,
      action: { kind: 'issue', number: 3, reason: attack },
    })),
  },
);

/** A site whose model is boosted trees. */
const trees = treesSite(sampleSite('regression', {}, { name: 'trees' }));

/** A site for each task, one of boosted trees, and one of hostile names. */
export const sampleSites: readonly SampleSite[] = [
  sampleSite('regression', {}, { history: sampleHistory(30) }),
  sampleSite('binary'),
  sampleSite('multiclass'),
  trees,
  hostile,
];
