import type { NodeReference } from '../signalling/routeMessages';
import { fromBase64Url } from './base64url';
import { clockTolerance, findNode } from './directory';
import { RouteFailure } from './failure';
import type { NodeStatement, RegionDirectory } from './regions';
import { hasNumbers, hasTexts, isAbsent, isFields, isListOf, isTextList } from './shape';
import { openSigned } from './signedDocument';

const fingerprintForm = /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/;

/** Opens a node's statement and holds it against the directory's entry of that node; fails with a {@link RouteFailure}. `now`: seconds since 1970. */
export async function verifyStatement(reference: NodeReference, directory: RegionDirectory, now: number): Promise<NodeStatement> {
  const facts = { node: reference.id, region: reference.region };
  const entry = findNode(directory, reference.id);
  if (!entry) throw new RouteFailure('node-unknown', facts);
  const key = fromBase64Url(entry.key);
  const statement = key ? readStatement(await openSigned(reference.statement, key)) : null;
  if (!statement) throw new RouteFailure('statement-signature', facts);
  if (statement.node !== entry.id || statement.region !== entry.region || reference.region !== entry.region) {
    throw new RouteFailure('statement-region', { ...facts, expected: entry.region, found: statement.region });
  }
  if (now > statement.expires + clockTolerance) {
    throw new RouteFailure('statement-expired', { ...facts, expected: String(now), found: String(statement.expires) });
  }
  if (now < statement.issued - clockTolerance) {
    throw new RouteFailure('statement-expired', { ...facts, expected: String(now), found: String(statement.issued) });
  }
  return statement;
}

function readStatement(value: unknown): NodeStatement | null {
  if (!isFields(value) || !hasTexts(value, 'node', 'region', 'fingerprint') || !hasNumbers(value, 'issued', 'expires')) return null;
  if (!fingerprintForm.test(value['fingerprint'] as string)) return null;
  const sound = isListOf(value['addresses'], (one) => hasTexts(one, 'ip', 'protocol') && hasNumbers(one, 'port'));
  if (!isAbsent(value['tunnels']) && !isTextList(value['tunnels'])) return null;
  return sound ? (value as unknown as NodeStatement) : null;
}
