import { HostKeys } from '@parley/client';
import { tabStorage } from './memory';

/** Host keys live as long as the tab: a second tab is a guest. */
export function tabHostKeys(): HostKeys {
  return new HostKeys(tabStorage() ?? null);
}

/** The fragment that carries a host key to another front door of the same operator; fragments never reach a server. */
export function withHostKey(link: string, key: string | null): string {
  if (key === null) return link;
  return `${link}${link.includes('#') ? '&' : '#'}h=${encodeURIComponent(key)}`;
}

/** Takes a host key out of a link's fragment, so that it is not copied along: the key, and the fragment without it. */
export function takeHostKey(hash: string): { readonly key: string | null; readonly rest: string } {
  const fields = hash.replace(/^#/, '').split('&').filter(Boolean);
  const found = fields.find((field) => field.startsWith('h='));
  const rest = fields.filter((field) => field !== found).join('&');
  return { key: found === undefined ? null : decodeURIComponent(found.slice(2)), rest: rest && `#${rest}` };
}
