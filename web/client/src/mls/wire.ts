import type { Decoder } from 'ts-mls/codec/tlsDecoder.js';
import { decodeMlsMessage, encodeMlsMessage, type MLSMessage, type MlsMessageContent } from 'ts-mls/message.js';
import { decodeRatchetTree, encodeRatchetTree, type RatchetTree } from 'ts-mls/ratchetTree.js';
import { copied, type Bytes } from './bytes';
import { GroupError } from './groupError';

/** The largest of each kind that is looked at, in bytes. */
export const limits = { keyPackage: 8_192, commit: 1_048_576, welcome: 1_048_576, tree: 2_097_152, message: 65_536 } as const;

/** Leaves a tree may have, blank ones included. */
const widestTree = 4_096;

type Kind = MlsMessageContent['wireformat'];
type Of<K extends Kind> = Extract<MLSMessage, { wireformat: K }>;

export function encodeMessage(message: MlsMessageContent): Bytes {
  return copied(encodeMlsMessage({ version: 'mls10', ...message }));
}

/** Exactly one message of the kind, in memory of its own. */
export function readMessage<K extends Kind>(bytes: Uint8Array, kind: K, longest: number): Of<K> {
  const [message, length] = decode(decodeMlsMessage, bytes, longest, 0);
  if (length !== bytes.length || message.wireformat !== kind) throw new GroupError('malformed', `no ${kind}`);
  return message as Of<K>;
}

/** Messages of the kind, one after the other; at most `most`. */
export function readMessages<K extends Kind>(bytes: Uint8Array, kind: K, longest: number, most: number): readonly Of<K>[] {
  const found: Of<K>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [message, length] = decode(decodeMlsMessage, bytes, longest, at);
    if (length <= 0 || message.wireformat !== kind || found.length === most) throw new GroupError('malformed', `no list of ${kind}`);
    found.push(message as Of<K>);
    at += length;
  }
  return found;
}

export function encodeTree(tree: RatchetTree): Bytes {
  return copied(encodeRatchetTree(tree));
}

export function readTree(bytes: Uint8Array): RatchetTree {
  const [tree, length] = decode(decodeRatchetTree, bytes, limits.tree, 0);
  if (length !== bytes.length || tree.length >= 2 * widestTree) throw new GroupError('malformed', 'no tree');
  return tree;
}

function decode<T>(decoder: Decoder<T>, bytes: Uint8Array, longest: number, at: number): [T, number] {
  if (bytes.length === 0 || bytes.length > longest) throw new GroupError('malformed', `${bytes.length} bytes`);
  try {
    const decoded = decoder(at === 0 ? copied(bytes) : bytes, at);
    if (decoded) return decoded;
  } catch (error) {
    throw new GroupError('malformed', 'cannot be decoded', { cause: error });
  }
  throw new GroupError('malformed', 'cannot be decoded');
}
