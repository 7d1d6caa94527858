import { HostKeys } from '@parley/client';
import { tabStorage } from './memory';

/** Host keys live as long as the tab: a second tab is a guest. */
export function tabHostKeys(): HostKeys {
  return new HostKeys(tabStorage() ?? null);
}

/** What a page takes along to another front door of the same operator, since storage stays behind. */
export interface Luggage {
  readonly hostKey: string | null;
  /** The country that a demonstration pretends; empty in earnest. */
  readonly place: string;
}

const fields = { hostKey: 'h', place: 'p' } as const;

/** A link that carries luggage in its fragment, which never reaches a server. */
export function withLuggage(link: string, luggage: Luggage): string {
  const packed = (['hostKey', 'place'] as const)
    .filter((item) => luggage[item])
    .map((item) => `${fields[item]}=${encodeURIComponent(luggage[item] ?? '')}`);
  if (packed.length === 0) return link;
  return `${link}${link.includes('#') ? '&' : '#'}${packed.join('&')}`;
}

/** Takes luggage out of a link's fragment, so that it is not copied along: the luggage, and the fragment without it. */
export function takeLuggage(hash: string): Luggage & { readonly rest: string } {
  const parts = hash.replace(/^#/, '').split('&').filter(Boolean);
  const find = (name: string): string | null => {
    const found = parts.find((part) => part.startsWith(`${name}=`));
    return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
  };
  const rest = parts.filter((part) => !Object.values(fields).some((name) => part.startsWith(`${name}=`))).join('&');
  return { hostKey: find(fields.hostKey), place: find(fields.place) ?? '', rest: rest && `#${rest}` };
}
