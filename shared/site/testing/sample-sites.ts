import { sampleHistory } from '../../report/testing/sample-drift.ts';
import type { PipelineSite } from '../site-input.ts';
import { sampleSite } from './sample-site.ts';

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

/** A site for each task, and one of hostile names. */
export const sampleSites: readonly PipelineSite[] = [
  sampleSite('regression', {}, { history: sampleHistory(30) }),
  sampleSite('binary'),
  sampleSite('multiclass'),
  hostile,
];
