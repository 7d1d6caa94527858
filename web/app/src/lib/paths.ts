export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'meeting'; readonly id: string }
  | { readonly page: 'unknown' };

/** Ids are made of letters, digits and a few separators; anything else is a mistyped link. */
const idPattern = /^[\w.~-]{1,200}$/;

export function parsePath(path: string): Route {
  if (path === '/' || path === '') return { page: 'start' };
  const meeting = /^\/m\/([^/]+)\/?$/.exec(path)?.[1];
  return meeting !== undefined && idPattern.test(meeting) ? { page: 'meeting', id: meeting } : { page: 'unknown' };
}

export function meetingPath(id: string): string {
  return `/m/${encodeURIComponent(id)}`;
}

/**
 * Reads what people paste: a whole link of this server, a path, or only the id, with the link's fragment. Null when it is
 * none of them.
 */
export function meetingFromText(text: string, origin: string): { readonly id: string; readonly hash: string } | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/[/:]/.test(trimmed)) return idPattern.test(trimmed) ? { id: trimmed, hash: '' } : null;
  try {
    const url = new URL(trimmed, origin);
    const bare = trimmed.startsWith(new URL(origin).host) ? new URL(`${new URL(origin).protocol}//${trimmed}`) : url;
    const route = parsePath(bare.pathname);
    return bare.origin === origin && route.page === 'meeting' ? { id: route.id, hash: bare.hash } : null;
  } catch {
    return null;
  }
}
