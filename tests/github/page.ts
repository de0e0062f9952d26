import type { Exchange } from './route.ts';

/** One page of a list, with GitHub's Link header: 30 a page unless asked, never more than 100. */
export function pageOf<T>(
  { query, origin, path }: Exchange,
  basePath: string,
  items: readonly T[],
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30)));
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (rel: string, number: number): string => {
    const to = new URLSearchParams(query);
    to.set('page', String(number));
    return `<${origin}${basePath}${path}?${to}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', page - 1), link('first', 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
  ];
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}
