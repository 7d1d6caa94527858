import { RouteFailure } from './failure';
import type { NodeAddress, NodeStatement } from './regions';

/** An answer that holds nothing but what the statement covers. */
export interface CheckedAnswer {
  readonly sdp: string;
  readonly fingerprint: string;
  /** The candidates that stayed. */
  readonly addresses: readonly NodeAddress[];
  /** How many candidates the statement does not name. */
  readonly leftOut: number;
}

const fingerprintLine = /^a=fingerprint:sha-256 ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})$/;
const candidateLine = /^a=candidate:\S+ \d+ (\S+) \d+ (\S+) (\d+) typ /i;
/** Port 0: the section is refused. */
const refusedSection = /^m=\S+ 0 /;
const dottedQuad = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Checks an answer before the browser sees it: each section has at most one fingerprint, every section in use is covered by one, it is SHA-256 and the same everywhere, and
 * equal to the statement's; candidates at addresses that the statement does not name are taken out, and one at least must stay. The result is put
 * together from the lines that were checked, so that the browser cannot read the text in another way.
 */
export function checkAnswer(sdp: string, statement: NodeStatement): CheckedAnswer {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  const fingerprint = checkFingerprints(lines, statement);
  const kept: string[] = [];
  const addresses = new Map<string, NodeAddress>();
  let leftOut = 0;
  for (const line of lines) {
    if (!/^a=\s*(remote-)?candidate/i.test(line)) {
      kept.push(line);
      continue;
    }
    const address = statedAddress(line, statement);
    if (address) {
      kept.push(line);
      addresses.set(`${address.protocol} ${address.ip} ${String(address.port)}`, address);
    } else {
      leftOut++;
    }
  }
  if (addresses.size === 0) throw new RouteFailure('candidate-foreign', { node: statement.node, region: statement.region, found: String(leftOut) });
  return { sdp: kept.join('\r\n') + '\r\n', fingerprint, addresses: [...addresses.values()], leftOut };
}

/** Whether the statement names this address; `ip` as browsers and nodes write it. */
export function isStated({ ip, port, protocol }: NodeAddress, { addresses }: Pick<NodeStatement, 'addresses'>): boolean {
  const plain = plainAddress(ip);
  return plain !== null && addresses.some((one) => plainAddress(one.ip) === plain && one.port === port && one.protocol.toLowerCase() === protocol.toLowerCase());
}

function checkFingerprints(lines: readonly string[], statement: NodeStatement): string {
  const mismatch = (found: string): RouteFailure =>
    new RouteFailure('fingerprint-mismatch', { node: statement.node, region: statement.region, expected: statement.fingerprint, found });
  let isSession = true;
  let forSession = false;
  let section = { counts: 0, isUsed: false };
  const sections = [section];
  for (const line of lines) {
    // A lone carriage return or another control character would let the browser see other lines than these; keys in the text would pass DTLS by.
    if (!/^[a-z]=[^\p{Cc}]*$/u.test(line) || /^a=\s*crypto/i.test(line)) throw mismatch(line);
    if (line.startsWith('m=')) {
      isSession = false;
      sections.push((section = { counts: 0, isUsed: !refusedSection.test(line) }));
    }
    if (!/^a=\s*fingerprint/i.test(line)) continue;
    const found = fingerprintLine.exec(line)?.[1]?.toUpperCase();
    if (found !== statement.fingerprint || ++section.counts > 1) throw mismatch(found ?? line);
    forSession ||= isSession;
  }
  const used = sections.filter(({ isUsed }) => isUsed);
  if (used.length === 0 || !used.every(({ counts }) => counts === 1 || forSession)) throw mismatch('');
  return statement.fingerprint;
}

function statedAddress(line: string, statement: NodeStatement): NodeAddress | null {
  const [, protocol, ip, port] = candidateLine.exec(line) ?? [];
  if (protocol === undefined || ip === undefined || port === undefined) return null;
  const address = { ip, port: Number(port), protocol: protocol.toLowerCase() };
  return isStated(address, statement) ? address : null;
}

/** One spelling for one address; null for names, which would be looked up. */
function plainAddress(ip: string): string | null {
  if (dottedQuad.test(ip)) return ip;
  if (!ip.includes(':')) return null;
  try {
    return new URL(`http://[${ip}]/`).hostname;
  } catch {
    return null;
  }
}
