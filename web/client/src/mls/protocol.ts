import { fromBase64Url } from '../route/base64url';
import { hasNumbers, hasTexts, isFields, isListOf, isTextList } from '../route/shape';
import type { Bytes } from './bytes';
import { limits } from './wire';

/** Calls to the delivery service; bytes are base64url. The words are those of docs/protocol.md. */
export interface DeliveryCalls {
  /** "The group exists, I am its first member." */
  mlsCreate: { readonly generation: number };
  /** "Add me; whoever of me is in the group is removed." */
  mlsJoin: { readonly generation: number; readonly keyPackage: string };
  mlsCommit: {
    readonly generation: number; readonly epoch: number; readonly commit: string; readonly welcome?: string; readonly tree?: string;
    readonly added: readonly string[]; readonly removed: readonly string[];
    /** The number of the work that it does. */
    readonly work?: number;
  };
  mlsRefuse: { readonly generation: number; readonly participant: string; readonly reason: RefusalReason };
  mlsMessage: { readonly generation: number; readonly epoch: number; readonly message: string };
  mlsCatchUp: { readonly generation: number; readonly epoch: number };
  mlsConfirm: { readonly generation: number; readonly epoch: number };
}

export type RefusalReason = 'secret-wrong' | 'package-invalid';
export type DeliveryCallName = keyof DeliveryCalls;

export const deliveryEventNames = ['mlsWork', 'mlsWelcome', 'mlsCommit', 'mlsMessage', 'mlsConfirmed', 'mlsRestart', 'mlsLost'] as const;
export type DeliveryEventName = (typeof deliveryEventNames)[number];

/** Events of the delivery service, read and bounded. */
export type DeliveryEvent =
  | { readonly name: 'mlsWork'; readonly generation: number; readonly epoch: number; readonly add: readonly WorkAdd[]; readonly remove: readonly string[]; readonly work: number | null }
  | { readonly name: 'mlsWelcome'; readonly generation: number; readonly epoch: number; readonly welcome: Bytes; readonly tree: Bytes }
  | { readonly name: 'mlsCommit'; readonly generation: number; readonly epoch: number; readonly commit: Bytes; readonly from: string }
  | { readonly name: 'mlsMessage'; readonly generation: number; readonly epoch: number; readonly message: Bytes; readonly from: string }
  | { readonly name: 'mlsConfirmed'; readonly generation: number; readonly epoch: number; readonly count: number; readonly of: number }
  | { readonly name: 'mlsRestart'; readonly generation: number; readonly creator: boolean }
  | { readonly name: 'mlsLost'; readonly generation: number };

/** Null where it is no key package at all, by its length or alphabet. */
export interface WorkAdd {
  readonly participant: string;
  readonly keyPackage: Bytes | null;
}

/** What a member missed, in order. */
export interface CaughtUp {
  readonly epoch: number;
  readonly commits: readonly { readonly epoch: number; readonly commit: Bytes }[];
}

const mostChanges = 512;
const mostCommits = 64;

/** Reads an event as it came from the hub; null when it is malformed. */
export function readEvent(name: DeliveryEventName, argument: unknown): DeliveryEvent | null {
  if (!isFields(argument) || !isCount(argument['generation'])) return null;
  const fields = argument as Record<string, never>;
  const generation = argument['generation'];
  if (name === 'mlsLost') return { name, generation };
  if (name === 'mlsRestart') return typeof argument['creator'] === 'boolean' ? { name, generation, creator: argument['creator'] } : null;
  if (!isCount(argument['epoch'])) return null;
  const base = { generation, epoch: argument['epoch'] };
  switch (name) {
    case 'mlsWork': return readWork(fields, base);
    case 'mlsWelcome': {
      const welcome = bytesOf(fields['welcome'], limits.welcome);
      const tree = bytesOf(fields['tree'], limits.tree);
      return welcome && tree && { name, ...base, welcome, tree };
    }
    case 'mlsCommit': {
      const commit = bytesOf(fields['commit'], limits.commit);
      return commit && { name, ...base, commit, from: String(fields['from'] ?? '') };
    }
    case 'mlsMessage': {
      const message = bytesOf(fields['message'], limits.message);
      return message && { name, ...base, message, from: String(fields['from'] ?? '') };
    }
    case 'mlsConfirmed': return isCount(fields['count']) && isCount(fields['of']) ? { name, ...base, count: fields['count'], of: fields['of'] } : null;
  }
}

export function readCaughtUp(value: unknown): CaughtUp | null {
  if (!isFields(value) || !isCount(value['epoch']) || !isListOf(value['commits'], (one) => hasNumbers(one, 'epoch') && hasTexts(one, 'commit'))) return null;
  const listed = value['commits'] as readonly { epoch: number; commit: string }[];
  if (listed.length > mostCommits) return null;
  const commits = listed.map((one) => ({ epoch: one.epoch, commit: bytesOf(one.commit, limits.commit) }));
  if (commits.some((one) => one.commit === null)) return null;
  return { epoch: value['epoch'], commits: commits as { epoch: number; commit: Bytes }[] };
}

function readWork(fields: Record<string, unknown>, base: { generation: number; epoch: number }): DeliveryEvent | null {
  const { add, remove } = fields;
  if (!isListOf(add, (one) => hasTexts(one, 'participant', 'keyPackage')) || !isTextList(remove)) return null;
  const listed = add as readonly { participant: string; keyPackage: string }[];
  if (listed.length + remove.length > mostChanges) return null;
  const adds = listed.map((one) => ({ participant: one.participant, keyPackage: bytesOf(one.keyPackage, limits.keyPackage) }));
  return { name: 'mlsWork', ...base, add: adds, remove, work: isCount(fields['work']) ? fields['work'] : null };
}

function bytesOf(value: unknown, longest: number): Bytes | null {
  if (typeof value !== 'string' || value.length > Math.ceil((longest * 4) / 3)) return null;
  const bytes = fromBase64Url(value);
  return bytes && bytes.length > 0 ? bytes : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
