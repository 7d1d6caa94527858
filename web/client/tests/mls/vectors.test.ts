// @vitest-environment node
import { joinGroup, makePskIndex, type ClientState } from 'ts-mls/clientState.js';
import { defaultClientConfig } from 'ts-mls/clientConfig.js';
import { decodeGroupContext } from 'ts-mls/groupContext.js';
import { initializeEpoch, mlsExporter } from 'ts-mls/keySchedule.js';
import { decodeMlsMessage, type MLSMessage } from 'ts-mls/message.js';
import { verifyParentHashes } from 'ts-mls/parentHash.js';
import { processPrivateMessage, processPublicMessage } from 'ts-mls/processMessages.js';
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { treeHash } from 'ts-mls/treeHash.js';
import { toNodeIndex } from 'ts-mls/treemath.js';
import { bytesToBase64 } from 'ts-mls/util/byteArray.js';
import { describe, expect, it } from 'vitest';
import vectors from '../../../../tests/vectors/mls.json';
import { loadSuite } from '../../src/mls/suites';

const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const { impl } = await loadSuite('classic');

function messageOf(text: string): MLSMessage {
  const decoded = decodeMlsMessage(fromHex(text), 0);
  if (!decoded) throw new Error('no message');
  return decoded[0];
}

describe('the public vectors of RFC 9420', () => {
  it('key schedule and exporter', async () => {
    let init = fromHex(vectors.keySchedule.initial_init_secret);
    for (const epoch of vectors.keySchedule.epochs) {
      const context = decodeGroupContext(fromHex(epoch.group_context), 0)?.[0];
      if (!context) throw new Error('no context');
      const made = await initializeEpoch(init, fromHex(epoch.commit_secret), context, fromHex(epoch.psk_secret), impl.kdf);
      const { keySchedule } = made;
      expect({
        joiner_secret: toHex(made.joinerSecret), welcome_secret: toHex(made.welcomeSecret), encryption_secret: toHex(made.encryptionSecret),
        init_secret: toHex(keySchedule.initSecret), sender_data_secret: toHex(keySchedule.senderDataSecret), exporter_secret: toHex(keySchedule.exporterSecret),
        epoch_authenticator: toHex(keySchedule.epochAuthenticator), confirmation_key: toHex(keySchedule.confirmationKey), membership_key: toHex(keySchedule.membershipKey),
      }).toMatchObject({
        joiner_secret: epoch.joiner_secret, welcome_secret: epoch.welcome_secret, encryption_secret: epoch.encryption_secret,
        init_secret: epoch.init_secret, sender_data_secret: epoch.sender_data_secret, exporter_secret: epoch.exporter_secret,
        epoch_authenticator: epoch.epoch_authenticator, confirmation_key: epoch.confirmation_key, membership_key: epoch.membership_key,
      });
      const { label, context: about, length, secret } = epoch.exporter;
      expect(toHex(await mlsExporter(keySchedule.exporterSecret, label, fromHex(about), length, impl))).toBe(secret);
      init = Uint8Array.from(keySchedule.initSecret);
    }
  });

  it.each(vectors.treeValidation.map((one, index) => [index, one] as const))('tree %i: encoding, hashes, parent hashes', async (_, vector) => {
    const tree = decodeRatchetTree(fromHex(vector.tree), 0)?.[0];
    if (!tree) throw new Error('no tree');
    expect(toHex(encodeRatchetTree(tree))).toBe(vector.tree);
    for (const [index, hash] of vector.tree_hashes.entries()) expect(toHex(await treeHash(tree, toNodeIndex(index), impl.hash))).toBe(hash);
    expect(await verifyParentHashes(tree, impl.hash)).toBe(true);
  });

  it.each([...vectors.passiveWelcome, ...vectors.passiveCommit].map((one, index) => [index, one] as const))('passive member %i: joins, follows, and has the same authenticators', async (_, vector) => {
    const keyPackage = messageOf(vector.key_package);
    const welcome = messageOf(vector.welcome);
    if (keyPackage.wireformat !== 'mls_key_package' || welcome.wireformat !== 'mls_welcome') throw new Error('other messages');
    const psks = Object.fromEntries(vector.external_psks.map((one) => [bytesToBase64(fromHex(one.psk_id)), fromHex(one.psk)]));
    const keys = { initPrivateKey: fromHex(vector.init_priv), hpkePrivateKey: fromHex(vector.encryption_priv), signaturePrivateKey: fromHex(vector.signature_priv) };
    const tree = vector.ratchet_tree ? decodeRatchetTree(fromHex(vector.ratchet_tree), 0)?.[0] : undefined;
    let state = await joinGroup(welcome.welcome, keyPackage.keyPackage, keys, makePskIndex(undefined, psks), impl, tree, undefined, defaultClientConfig);
    expect(toHex(state.keySchedule.epochAuthenticator)).toBe(vector.initial_epoch_authenticator);
    for (const epoch of vector.epochs as { proposals: string[]; commit: string; epoch_authenticator: string }[]) {
      for (const message of [...epoch.proposals, epoch.commit]) state = await after(state, messageOf(message), psks);
      expect(toHex(state.keySchedule.epochAuthenticator)).toBe(epoch.epoch_authenticator);
    }
  });
});

async function after(state: ClientState, message: MLSMessage, psks: Record<string, Uint8Array>): Promise<ClientState> {
  const index = makePskIndex(state, psks);
  if (message.wireformat === 'mls_public_message') return (await processPublicMessage(state, message.publicMessage, index, impl)).newState;
  if (message.wireformat === 'mls_private_message') return (await processPrivateMessage(state, message.privateMessage, index, impl)).newState;
  throw new Error(message.wireformat);
}
