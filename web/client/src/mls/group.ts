import type { ClientConfig } from 'ts-mls/clientConfig.js';
import { createGroup, joinGroup, type ClientState } from 'ts-mls/clientState.js';
import { createCommit } from 'ts-mls/createCommit.js';
import { createApplicationMessage } from 'ts-mls/createMessage.js';
import { defaultKeyPackageEqualityConfig } from 'ts-mls/keyPackageEqualityConfig.js';
import type { KeyPackage } from 'ts-mls/keyPackage.js';
import { mlsExporter } from 'ts-mls/keySchedule.js';
import { decryptSenderData, type PrivateMessage } from 'ts-mls/privateMessage.js';
import { processPrivateMessage, processPublicMessage } from 'ts-mls/processMessages.js';
import { unprotectPublicMessage } from 'ts-mls/messageProtectionPublic.js';
import type { Proposal } from 'ts-mls/proposal.js';
import { emptyPskIndex } from 'ts-mls/pskIndex.js';
import type { PublicMessage } from 'ts-mls/publicMessage.js';
import type { RatchetTree } from 'ts-mls/ratchetTree.js';
import { Authentication } from './authentication';
import { copied, sameBytes, type Bytes } from './bytes';
import { checkCommit } from './commitCheck';
import type { CredentialScope, Identity } from './credential';
import { checkContext, makeContext } from './groupContext';
import { faulting, GroupError } from './groupError';
import { readKeyPackage, type OwnKeyPackage, type OwnKeyPackages } from './keyPackages';
import { membersOf, type Leaf } from './leaves';
import type { SuiteName } from './suites';
import { encodeMessage, encodeTree, limits, readMessage, readTree } from './wire';

/** A commit that the delivery service has not yet accepted. */
export interface PendingCommit {
  /** In which it was made. */
  readonly epoch: number;
  readonly commit: Bytes;
  /** For those it adds. */
  readonly welcome: Bytes | null;
  readonly tree: Bytes | null;
  readonly next: ClientState;
  readonly consumed: readonly Uint8Array[];
}

export interface OpenedMessage extends Leaf {
  readonly epoch: number;
  readonly plaintext: Uint8Array;
}

/** Messages out of order: how many keys are kept for those to come, how far one may be ahead; one former epoch for those on their way. */
const keyRetentionConfig = { retainKeysForGenerations: 16, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 256 };

/**
 * One member's view of an MLS group (RFC 9420). With its neighbours (wire, keyPackages, groupContext, commitCheck, suites) the only
 * code that knows ts-mls. Commits travel as public messages (the server knows the members anyway, and a commit that is
 * refused must not use up a key), application messages as private ones. Every method that takes others' bytes throws {@link GroupError}.
 */
export class MlsGroup {
  private constructor(
    private readonly own: OwnKeyPackage,
    private readonly authentication: Authentication,
    private state: ClientState,
  ) {}

  static async create(scope: CredentialScope, own: OwnKeyPackage): Promise<MlsGroup> {
    const authentication = new Authentication(scope);
    const groupId = crypto.getRandomValues(new Uint8Array(16));
    const context = await makeContext(scope, own.suite.name, groupId);
    const state = await createGroup(groupId, own.shown, own.kept, context, own.suite.impl, configWith(authentication));
    return new MlsGroup(own, authentication, state);
  }

  /** Takes a welcome that is for one of the key packages. `spent`: references of those that were used before. */
  static async join(
    scope: CredentialScope, candidates: readonly OwnKeyPackages[], welcome: Uint8Array, tree: Uint8Array, spent: (reference: Uint8Array) => boolean,
  ): Promise<MlsGroup> {
    const { welcome: opened } = readMessage(welcome, 'mls_welcome', limits.welcome);
    const named = opened.secrets.map((secret) => secret.newMember);
    const own = candidates.flatMap((one) => one.bySuite).find(({ reference }) => named.some((name) => sameBytes(name, reference)));
    if (!own) throw new GroupError(named.some(spent) ? 'spent' : 'not-mine', 'the welcome is for none of the own key packages');
    const authentication = new Authentication(scope);
    const state = await faulting('invalid', () =>
      joinGroup(opened, own.shown, own.kept, emptyPskIndex, own.suite.impl, readTree(tree), undefined, configWith(authentication)));
    await checkContext(scope, own.suite.name, state.groupContext.groupId, state.groupContext.extensions);
    const group = new MlsGroup(own, authentication, state);
    if (hasTwice(group.members().map((member) => member.participant))) throw new GroupError('invalid', 'a participant twice in the tree');
    return group;
  }

  get epoch(): number {
    return Number(this.state.groupContext.epoch);
  }

  get suite(): SuiteName {
    return this.own.suite.name;
  }

  get ownLeaf(): number {
    return this.state.privatePath.leafIndex;
  }

  get ownReference(): Bytes {
    return this.own.reference;
  }

  /** Who is in the group, by leaf. */
  members(): readonly Leaf[] {
    return membersOf(this.state.ratchetTree);
  }

  /** Somebody's key package: whom it is for; see {@link readKeyPackage}. */
  readKeyPackage(bytes: Uint8Array): Promise<{ keyPackage: KeyPackage; identity: Identity }> {
    return readKeyPackage(bytes, this.own.suite, this.authentication);
  }

  /** A commit of all these changes at once; without any, the own leaf's keys are renewed. It counts once {@link apply} is called. */
  async commit(add: readonly KeyPackage[], remove: readonly number[]): Promise<PendingCommit> {
    const extraProposals: Proposal[] = [
      ...remove.map((removed): Proposal => ({ proposalType: 'remove', remove: { removed } })),
      ...add.map((keyPackage): Proposal => ({ proposalType: 'add', add: { keyPackage } })),
    ];
    const context = { state: this.state, cipherSuite: this.own.suite.impl };
    const made = await faulting('invalid', () => createCommit(context, { wireAsPublicMessage: true, extraProposals }));
    if (made.commit.wireformat !== 'mls_public_message') throw new Error('not a public message');
    return {
      epoch: this.epoch,
      commit: encodeMessage(made.commit),
      welcome: made.welcome ? encodeMessage({ wireformat: 'mls_welcome', welcome: made.welcome }) : null,
      tree: made.welcome ? encodeTree(made.newState.ratchetTree) : null,
      next: made.newState,
      consumed: made.consumed,
    };
  }

  /** The delivery service took the commit: the next epoch begins. */
  apply(pending: PendingCommit): void {
    if (pending.epoch !== this.epoch) throw new GroupError('old', 'the epoch of the commit is over');
    // What was opened meanwhile has used up keys of the epoch that ends: the commit's copy of them is older.
    const { historicalReceiverData: history } = pending.next;
    const ended = history.get(this.state.groupContext.epoch);
    if (ended) history.set(this.state.groupContext.epoch, { ...ended, secretTree: this.state.secretTree });
    this.state = pending.next;
    pending.consumed.forEach(erase);
  }

  /** Somebody else's commit. Gives who made it, and whether it has removed this member, which then is in no epoch any more. */
  async process(commit: Uint8Array): Promise<{ committer: Leaf; removed: boolean }> {
    const { publicMessage } = readMessage(commit, 'mls_public_message', limits.commit);
    const { state } = this;
    const committer = await checkCommit(publicMessage, state, this.own.suite, this.authentication);
    if (removes(publicMessage, this.ownLeaf)) {
      // The library does not see it where somebody new gets the same leaf at once.
      const { keySchedule, groupContext, ratchetTree } = state;
      await faulting('invalid', () => unprotectPublicMessage(keySchedule.membershipKey, groupContext, ratchetTree, publicMessage, this.own.suite.impl));
      return { committer, removed: true };
    }
    const { newState, consumed } = await faulting('invalid', () => processPublicMessage(state, publicMessage, emptyPskIndex, this.own.suite.impl));
    if (newState.groupContext.epoch !== state.groupContext.epoch + 1n) throw new GroupError('invalid', 'no new epoch');
    this.state = newState;
    consumed.forEach(erase);
    return { committer, removed: false };
  }

  /** An application message to the group. */
  async seal(plaintext: Uint8Array): Promise<Bytes> {
    const { newState, privateMessage, consumed } = await createApplicationMessage(this.state, plaintext, this.own.suite.impl);
    this.state = newState;
    consumed.forEach(erase);
    return encodeMessage({ wireformat: 'mls_private_message', privateMessage });
  }

  /** Opens an application message of this epoch or the one before; proposals and commits in this form are not taken. */
  async open(message: Uint8Array): Promise<OpenedMessage> {
    const { privateMessage } = readMessage(message, 'mls_private_message', limits.message);
    const { senderDataSecret, ratchetTree } = this.keysFor(privateMessage);
    const { impl } = this.own.suite;
    const sender = await faulting('undecryptable', () => decryptSenderData(privateMessage, senderDataSecret, impl));
    const leaf = membersOf(ratchetTree).find((member) => member.leaf === sender?.leafIndex);
    if (!leaf) throw new GroupError('undecryptable', 'no sender');
    const opened = await this.openFrom(privateMessage);
    return { ...leaf, epoch: Number(privateMessage.epoch), plaintext: opened };
  }

  /** RFC 9420, section 8.5. */
  async export(label: string, context: Uint8Array, length: number): Promise<Bytes> {
    return copied(await mlsExporter(this.state.keySchedule.exporterSecret, label, context, length, this.own.suite.impl));
  }

  /** RFC 9420, section 8.7: the same for all who are in the same epoch of the same group. */
  get epochAuthenticator(): Bytes {
    return copied(this.state.keySchedule.epochAuthenticator);
  }

  /** Bytes of the state and the keys kept for it, for measurements. */
  get size(): { readonly nodes: number; readonly epochsKept: number } {
    return { nodes: this.state.ratchetTree.length, epochsKept: this.state.historicalReceiverData.size };
  }

  /** Overwrites the secrets; the group is of no use afterwards. */
  erase(): void {
    Object.values(this.state.keySchedule).forEach(erase);
    Object.values(this.state.privatePath.privateKeys).forEach(erase);
    const trees = [this.state.secretTree, ...[...this.state.historicalReceiverData.values()].map((one) => one.secretTree)];
    for (const node of trees.flat()) {
      erase(node.application.secret);
      erase(node.handshake.secret);
    }
  }

  private keysFor(message: PrivateMessage): { senderDataSecret: Uint8Array; ratchetTree: RatchetTree } {
    const { groupContext, keySchedule, ratchetTree, historicalReceiverData } = this.state;
    if (!sameBytes(message.groupId, groupContext.groupId)) throw new GroupError('other-group', 'a message of another group');
    if (message.contentType !== 'application') throw new GroupError('invalid', `a private ${message.contentType}`);
    if (message.epoch > groupContext.epoch) throw new GroupError('ahead', 'a message of a later epoch');
    if (message.epoch === groupContext.epoch) return { senderDataSecret: keySchedule.senderDataSecret, ratchetTree };
    const kept = historicalReceiverData.get(message.epoch);
    if (!kept) throw new GroupError('old', 'the keys of that epoch are gone');
    return kept;
  }

  private async openFrom(message: PrivateMessage): Promise<Uint8Array> {
    const result = await faulting('undecryptable', async () => {
      try {
        return await processPrivateMessage(this.state, message, emptyPskIndex, this.own.suite.impl);
      } catch (error) {
        if (error instanceof Error && error.message === 'Desired gen in the past') throw new GroupError('replayed', 'opened before', { cause: error });
        throw error;
      }
    });
    if (result.kind !== 'applicationMessage') throw new GroupError('invalid', 'no application message');
    this.state = result.newState;
    result.consumed.forEach(erase);
    return result.message;
  }
}

/** Label and context of a group's exporter for media: generation and epoch, big-endian. */
export function mediaContext(generation: number, epoch: number): { readonly label: string; readonly context: Bytes } {
  const context = new Uint8Array(12);
  const view = new DataView(context.buffer);
  view.setUint32(0, generation);
  view.setBigUint64(4, BigInt(epoch));
  return { label: 'parley sframe', context };
}

function removes({ content }: PublicMessage, leaf: number): boolean {
  return content.contentType === 'commit' && content.commit.proposals.some((one) =>
    one.proposalOrRefType === 'proposal' && one.proposal.proposalType === 'remove' && one.proposal.remove.removed === leaf);
}

function configWith(authService: Authentication): ClientConfig {
  return {
    keyRetentionConfig, authService,
    // Lifetimes are without end (keyPackages.ts), so that no clock matters.
    lifetimeConfig: { maximumTotalLifetime: 0xffff_ffff_ffff_ffffn, validateLifetimeOnReceive: false },
    keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
    paddingConfig: { kind: 'padUntilLength', padUntilLength: 256 },
  };
}

function hasTwice(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}

function erase(secret: Uint8Array): void {
  secret.fill(0);
}
