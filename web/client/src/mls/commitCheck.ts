import type { ClientState } from 'ts-mls/clientState.js';
import type { Credential } from 'ts-mls/credential.js';
import type { LeafNode } from 'ts-mls/leafNode.js';
import type { ProposalOrRef } from 'ts-mls/proposalOrRefType.js';
import type { PublicMessage } from 'ts-mls/publicMessage.js';
import type { Authentication } from './authentication';
import { sameBytes } from './bytes';
import { GroupError } from './groupError';
import { checkKeyPackage } from './keyPackages';
import { membersOf, type Leaf } from './leaves';
import type { Suite } from './suites';

/** Changes in one commit. The library's work grows with the square of their number, so it never sees more. */
const mostChanges = 512;

/**
 * Our rules for a commit, beside those of MLS: made by a member, in this epoch; it adds and removes, and nothing else (no proposals by
 * reference, no other kinds); whoever is added proves who they are; nobody is in the group twice; the committer stays who it was.
 */
export async function checkCommit(message: PublicMessage, state: ClientState, suite: Suite, authentication: Authentication): Promise<Leaf> {
  const { content } = message;
  const { groupContext, ratchetTree } = state;
  if (!sameBytes(content.groupId, groupContext.groupId)) throw new GroupError('other-group', 'a commit of another group');
  if (content.epoch !== groupContext.epoch) throw new GroupError(content.epoch < groupContext.epoch ? 'old' : 'ahead', 'a commit of another epoch');
  if (content.contentType !== 'commit') throw new GroupError('invalid', `a ${content.contentType}`);
  const { sender, commit } = content;
  const present = membersOf(ratchetTree);
  const committer = sender.senderType === 'member' ? present.find((member) => member.leaf === sender.leafIndex) : undefined;
  if (!committer) throw new GroupError('invalid', 'the committer is no member');
  if (commit.path) checkPath(commit.path.leafNode, ratchetTree[2 * committer.leaf]);
  await checkChanges(commit.proposals, present, suite, authentication);
  return committer;
}

async function checkChanges(proposals: readonly ProposalOrRef[], present: readonly Leaf[], suite: Suite, authentication: Authentication): Promise<void> {
  if (proposals.length > mostChanges) throw new GroupError('invalid', `${proposals.length} changes in one commit`);
  const participants = new Map(present.map((member) => [member.leaf, member.participant]));
  const added: string[] = [];
  for (const one of proposals) {
    if (one.proposalOrRefType !== 'proposal') throw new GroupError('invalid', 'a proposal by reference');
    const { proposal } = one;
    if (proposal.proposalType === 'remove') {
      if (!participants.delete(proposal.remove.removed)) throw new GroupError('invalid', 'removes nobody');
    } else if (proposal.proposalType === 'add') {
      added.push((await checkKeyPackage(proposal.add.keyPackage, suite, authentication)).participant);
    } else {
      throw new GroupError('invalid', `a proposal of kind ${proposal.proposalType}`);
    }
  }
  const after = [...participants.values(), ...added];
  if (new Set(after).size !== after.length) throw new GroupError('invalid', 'a participant would be in the group twice');
}

/** A new leaf of the committer renews its HPKE key alone: otherwise it could take another participant's name. */
function checkPath(renewed: LeafNode, node: ClientState['ratchetTree'][number]): void {
  const known = node?.nodeType === 'leaf' ? node.leaf : undefined;
  const same = known && sameBytes(known.signaturePublicKey, renewed.signaturePublicKey)
    && sameBytes(identityBytes(known.credential), identityBytes(renewed.credential));
  if (!same) throw new GroupError('invalid', 'the committer changes its credential');
}

function identityBytes(credential: Credential): Uint8Array {
  if (credential.credentialType !== 'basic') throw new GroupError('invalid', 'credential');
  return credential.identity;
}
