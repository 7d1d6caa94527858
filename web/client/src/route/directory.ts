import { RouteFailure } from './failure';
import type { DirectoryNode, Region, RegionDirectory } from './regions';
import { hasNumbers, hasTexts, isAbsent, isFields, isListOf, isTextList, type Fields } from './shape';
import { openSigned } from './signedDocument';

/** How far two honest clocks may be apart, seconds. */
export const clockTolerance = 90;

/** Opens a signed directory and holds it against the time (seconds since 1970) and the version seen before; fails with a {@link RouteFailure}. */
export async function verifyDirectory(
  text: string,
  operatorKey: Uint8Array<ArrayBuffer>,
  seenVersion: number,
  now: number,
): Promise<RegionDirectory> {
  const payload = await openSigned(text, operatorKey);
  if (payload === undefined) throw new RouteFailure('directory-signature');
  const directory = readDirectory(payload);
  if (!directory) throw new RouteFailure('directory-faulty');
  requireUnique(directory);
  requireCurrent(directory, now);
  if (directory.version < seenVersion) {
    throw new RouteFailure('directory-old', { expected: String(seenVersion), found: String(directory.version) });
  }
  return directory;
}

/** Fails when the directory must not be relied on at this time. */
export function requireCurrent({ expires, issued }: RegionDirectory, now: number): void {
  if (expires !== 0 && now > expires + clockTolerance) throw new RouteFailure('directory-expired', { expected: String(now), found: String(expires) });
  // From the future: its validity cannot be told either.
  if (issued > now + clockTolerance) throw new RouteFailure('directory-expired', { expected: String(now), found: String(issued) });
}

/** The node with this id, unless its key was revoked. */
export function findNode(directory: RegionDirectory, id: string): DirectoryNode | null {
  return directory.nodes.find((node) => node.id === id && !directory.revoked.includes(node.key)) ?? null;
}

export function findRegion(directory: RegionDirectory, id: string): Region | null {
  return directory.regions.find((region) => region.id === id) ?? null;
}

function readDirectory(value: unknown): RegionDirectory | null {
  if (!isFields(value) || !hasNumbers(value, 'version', 'issued')) return null;
  const { regions, nodes, groups = [], revoked = [], expires = 0 } = value;
  if (typeof expires !== 'number' || !isTextList(revoked)) return null;
  if (!isListOf(regions, isRegion) || !isListOf(nodes, isNode) || !isListOf(groups, isGroup)) return null;
  const directory = { ...value, expires, groups, revoked } as unknown as RegionDirectory;
  const known = new Set(directory.regions.map(({ id }) => id));
  return directory.nodes.every(({ region }) => known.has(region)) ? directory : null;
}

/** Fails when something is listed twice: which of the two counts could not be told. */
function requireUnique({ regions, nodes, groups }: RegionDirectory): void {
  const ids = [regions.map(({ id }) => id), nodes.map(({ id }) => id), nodes.map(({ key }) => key), groups.map(({ id }) => id)];
  const twice = ids.flatMap((list) => list.filter((id, index) => list.indexOf(id) !== index))[0];
  if (twice !== undefined) throw new RouteFailure('directory-faulty', { found: twice });
}

function isRegion(fields: Fields): boolean {
  return hasTexts(fields, 'id', 'name', 'country', 'operator', 'operatorCountry')
    && (isAbsent(fields['servesOnly']) || isTextList(fields['servesOnly']))
    && ['latitude', 'longitude'].every((key) => isAbsent(fields[key]) || hasNumbers(fields, key));
}

function isNode(fields: Fields): boolean {
  return hasTexts(fields, 'id', 'region', 'key') && isTextList(fields['roles']) && (isAbsent(fields['frontDoor']) || hasTexts(fields, 'frontDoor'));
}

function isGroup(fields: Fields): boolean {
  return hasTexts(fields, 'id', 'name', 'asOf') && isTextList(fields['countries']);
}
