import type { LeafNode } from 'ts-mls/leafNode.js';
import type { RatchetTree } from 'ts-mls/ratchetTree.js';
import { readIdentity, type Identity } from './credential';

/** A member as its leaf tells it. */
export interface Leaf extends Identity {
  readonly leaf: number;
}

const identities = new WeakMap<LeafNode, Identity | null>();

/** Every leaf that is in the tree was checked before, so that its credential can be read. */
export function membersOf(tree: RatchetTree): readonly Leaf[] {
  return tree.flatMap((node, index) => {
    if (node?.nodeType !== 'leaf') return [];
    const identity = identityOf(node.leaf);
    return identity ? [{ leaf: index / 2, participant: identity.participant, device: identity.device }] : [];
  });
}

function identityOf(leaf: LeafNode): Identity | null {
  const known = identities.get(leaf);
  if (known !== undefined) return known;
  const identity = leaf.credential.credentialType === 'basic' ? readIdentity(leaf.credential.identity) : null;
  identities.set(leaf, identity);
  return identity;
}
