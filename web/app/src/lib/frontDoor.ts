import { frontDoors, HostKeys, type RegionDirectory } from '@parley/client';
import { tabStorage } from './memory';

/** The region that a meeting's id names as its home: the longest that fits, since ids of regions have hyphens too. */
export function homeRegion(meeting: string, directory: RegionDirectory): string | null {
  const fitting = directory.regions.map(({ id }) => id).filter((id) => meeting.startsWith(`${id}-`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** The front door to go to when a meeting's home is not behind this one; null when it is, or nobody knows. */
export function doorElsewhere(meeting: string, directory: RegionDirectory, origin: string): string | null {
  const home = homeRegion(meeting, directory);
  if (home === null) return null;
  const doors = frontDoors(directory, home);
  const known = directory.nodes.some((node) => frontDoors({ ...directory, nodes: [node] }, node.region).includes(origin));
  // A front door that the directory does not name is an operator's proxy or a test: it may lead anywhere.
  return !known || doors.length === 0 || doors.includes(origin) ? null : (doors[0] ?? null);
}

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
