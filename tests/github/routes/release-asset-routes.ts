import { type Call, guarded } from '../access.ts';
import { pageOf } from '../page.ts';
import { notFound, Refusal } from '../refusal.ts';
import { addReleaseAsset } from '../release-seed.ts';
import type { Release, ReleaseAsset } from '../release-state.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import type { Repository, State } from '../state.ts';
import type { RouteContext } from './context.ts';
import { assetBody } from './release-body.ts';
import { visibleRelease } from './release-routes.ts';

const root = '/repos/{owner}/{repo}/releases';

/** Files of releases, as the API's own host knows them. */
export function releaseAssetRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const contract = 'openapi';
  return [
    {
      method: 'GET',
      path: `${root}/{release_id}/assets`,
      contract,
      answer: guarded(state, ['contents=read'], (call) => {
        const release = visibleRelease(call);
        if (!release) throw notFound();
        const { items, headers } = pageOf(call.exchange, context.basePath, release.assets);
        const body = items.map((item) => assetBody(context, call.repository, release, item));
        return { status: 200, headers, body };
      }),
    },
    {
      method: 'GET',
      path: `${root}/assets/{asset_id}`,
      contract,
      answer: guarded(state, ['contents=read'], (call) => get(context, call)),
    },
    {
      method: 'DELETE',
      path: `${root}/assets/{asset_id}`,
      contract,
      answer: guarded(state, ['contents=write'], ({ exchange, repository }) => {
        const { release, asset } = find(repository, Number(exchange.params.asset_id));
        release.assets.splice(release.assets.indexOf(asset), 1);
        return { status: 204 };
      }),
    },
  ];
}

/** The hosts beside the API's: one takes files, one gives them to whoever has a signed address. */
export function storageRoutes(context: RouteContext): Route[] {
  const { state } = context;
  return [
    {
      method: 'POST',
      path: `${root}/{release_id}/assets`,
      contract: 'openapi',
      answer: guarded(state, ['contents=write'], (call) => upload(context, call)),
    },
    {
      method: 'GET',
      path: '/release-assets/{asset_id}',
      contract: 'own',
      answer: (exchange) => give(state, exchange),
    },
  ];
}

function find(
  repository: Repository,
  id: number,
): { readonly release: Release; readonly asset: ReleaseAsset } {
  for (const release of repository.releases.values()) {
    const asset = release.assets.find((one) => one.id === id);
    if (asset) return { release, asset };
  }
  throw notFound();
}

function get(context: RouteContext, { exchange, repository }: Call): Answer {
  const { release, asset } = find(repository, Number(exchange.params.asset_id));
  if (exchange.headers.accept !== 'application/octet-stream')
    return { status: 200, body: assetBody(context, repository, release, asset) };
  if (asset.state !== 'uploaded') throw notFound();
  const location = `${context.origins.storage}/release-assets/${asset.id}?sig=${signatureOf(asset)}`;
  return { status: 302, headers: { location } };
}

function upload(context: RouteContext, call: Call): Answer {
  const { exchange, repository, token } = call;
  const release = visibleRelease(call);
  if (!release) throw notFound();
  // GitHub renames what it does not like.
  const name = exchange.query
    .get('name')!
    .replace(/[^\w.@+-]+/g, '.')
    .replace(/^\.|\.$/g, '');
  if (release.assets.some((asset) => asset.name === name)) {
    const errors = [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }];
    throw new Refusal(422, 'Validation Failed', { errors });
  }
  if (exchange.body.length === 0) throw new Refusal(400, 'Bad Content-Length: 0');
  const contentType = exchange.headers['content-type'] ?? '';
  const asset = addReleaseAsset(context.state, release, {
    name,
    contentType,
    bytes: exchange.body,
    uploader: token.login,
  });
  return { status: 201, body: assetBody(context, repository, release, asset) };
}

function give(state: State, { params, headers, query }: Exchange): Answer {
  // A violation: the token is for the API alone, and the storage would refuse the two together.
  if (headers.authorization !== undefined) throw new Error('a token was sent to the storage');
  for (const repository of state.repositories.values()) {
    for (const { assets } of repository.releases.values()) {
      const asset = assets.find(({ id }) => id === Number(params.asset_id));
      if (asset && query.get('sig') === signatureOf(asset))
        return { status: 200, body: asset.bytes, headers: { 'content-type': asset.contentType } };
    }
  }
  return { status: 403, body: Buffer.from('<Error><Code>AuthenticationFailed</Code></Error>') };
}

function signatureOf({ id, name }: ReleaseAsset): string {
  return Buffer.from(`${id} ${name}`).toString('base64url');
}
