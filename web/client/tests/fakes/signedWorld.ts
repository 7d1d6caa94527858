import { toBase64Url } from '../../src/route/base64url';
import type { NodeStatement, RegionDirectory } from '../../src/route/regions';
import type { NodeReference } from '../../src/signalling/routeMessages';
import { directory, statementOf } from './fakeTrust';

const curve = { name: 'ECDSA', namedCurve: 'P-256' };

/** The directory of the other fakes under real keys: whoever has one can say anything with it. Times are seconds since 1970. */
export class SignedWorld {
  private constructor(
    readonly operator: CryptoKeyPair,
    readonly stranger: CryptoKeyPair,
    private readonly nodes: ReadonlyMap<string, CryptoKeyPair>,
    readonly directory: RegionDirectory,
  ) {}

  static async make(): Promise<SignedWorld> {
    const newKey = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
    const nodes = new Map<string, CryptoKeyPair>();
    for (const { id } of directory.nodes) nodes.set(id, await newKey());
    const entries = await Promise.all(directory.nodes.map(async (node) => ({ ...node, key: await publicText(nodes.get(node.id)) })));
    return new SignedWorld(await newKey(), await newKey(), nodes, { ...directory, nodes: entries });
  }

  operatorKey(key = this.operator): Promise<string> {
    return publicText(key);
  }

  /** A directory with changes, signed by the operator unless told otherwise. */
  sign(change: Partial<RegionDirectory> = {}, key = this.operator): Promise<string> {
    return signed({ ...this.directory, ...change }, key);
  }

  /** What a server says of a node, with that node's own statement; with changes, signed by another key, or of a region that it is not in. */
  async reference(node: string, change: Partial<NodeStatement> = {}, { key = this.nodes.get(node), said }: { key?: CryptoKeyPair | undefined; said?: string } = {}): Promise<NodeReference> {
    const region = directory.nodes.find(({ id }) => id === node)?.region ?? 'eu-fra';
    const statement = { ...statementOf(node, region), ...change };
    return { id: node, region: said ?? region, statement: await signed(statement, key ?? this.stranger) };
  }
}

async function publicText(key: CryptoKeyPair | undefined): Promise<string> {
  return key ? toBase64Url(new Uint8Array(await crypto.subtle.exportKey('spki', key.publicKey))) : '';
}

async function signed(content: unknown, key: CryptoKeyPair): Promise<string> {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(content)));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new TextEncoder().encode(body));
  return `${body}.${toBase64Url(new Uint8Array(signature))}`;
}
