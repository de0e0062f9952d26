import { meaningOfDrift } from '../drift/report/drift-outcomes.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { formatJson } from '../platform/json.ts';
import { liveVersion } from './masthead.ts';
import type { PipelineSite } from './site-input.ts';

/** What shields.io reads to draw a badge: https://shields.io/badges/endpoint-badge. */
export interface Badge {
  readonly schemaVersion: 1;
  /** On the left: the pipeline's name. */
  readonly label: string;
  /** On the right: the version, its verdict, the last check of live data. */
  readonly message: string;
  readonly color: 'brightgreen' | 'yellow' | 'orange' | 'red' | 'lightgrey';
}

/** File of the badge in the folder of a pipeline's pages. */
export const badgeFile = 'badge.json';

/**
 * The badge of a pipeline: `fuel | v1.2.0, pass, no drift on 2026-11-01`. Red says that the model got worse or failed its gates,
 * orange that the data drifted, yellow that something was not decided; without a version it is grey.
 */
export function badgeOf(site: Pick<PipelineSite, 'name' | 'versions' | 'evaluation' | 'history'>): Badge {
  const live = liveVersion(site);
  if (!live) return badgeWithoutVersion(site.name);
  const { verdict } = site.evaluation;
  // Checks of versions before this one say nothing of it.
  const last = site.history?.findLast(({ model }) => model === live.version);
  const check = last && `${checkWords(last)} on ${last.time.slice(0, 10)}`;
  const message = [live.version, verdict, ...(check === undefined ? [] : [check])].join(', ');
  return { schemaVersion: 1, label: site.name, message, color: colourOf(verdict, last) };
}

/** The badge of a pipeline that was never deployed, or is withdrawn. */
export function badgeWithoutVersion(label: string): Badge {
  return { schemaVersion: 1, label, message: 'no version', color: 'lightgrey' };
}

type Check = NonNullable<PipelineSite['history']>[number];

function checkWords({ outcome, performance }: Check): string {
  return performance?.degraded ? 'got worse' : meaningOfDrift(outcome).brief;
}

function colourOf(verdict: PipelineSite['evaluation']['verdict'], last: Check | undefined): Badge['color'] {
  if (verdict === 'fail' || last?.performance?.degraded) return 'red';
  if (last?.outcome === 'drift') return 'orange';
  const isOpen = last !== undefined && meaningOfDrift(last.outcome).sign === 'inconclusive';
  return verdict === 'warn' || isOpen ? 'yellow' : 'brightgreen';
}

/** badge.json of a pipeline's folder. */
export function formatBadge(badge: Badge): string {
  return formatJson(badge);
}

/**
 * The badge for a README: shields.io draws what the site's file says, and a click leads to the pipeline's pages.
 *
 * @param address of the site: `https://acme.github.io/models/`.
 * @throws ConfigurationError for an address that shields.io cannot read.
 */
export function badgeMarkdown(name: string, address: string): string {
  const site = URL.parse(address.endsWith('/') ? address : `${address}/`);
  if (site?.protocol !== 'https:') {
    throw new ConfigurationError(
      `cannot make a badge of ${quote(address)}: shields.io reads the site by https, so its address must be like https://acme.github.io/models`,
    );
  }
  const page = new URL(`${name}/`, site);
  const endpoint = encodeURIComponent(new URL(badgeFile, page).href);
  return `[![${name}](https://img.shields.io/endpoint?url=${endpoint})](${page.href})`;
}
