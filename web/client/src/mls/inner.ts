import { hasTexts, isFields } from '../route/shape';
import { fromUtf8, utf8, type Bytes } from './bytes';

/** What a message says once it is opened: JSON `{kind, id, auth, ...}` in UTF-8; `auth` is the sender's digest of its epoch. */
export type Inner = { readonly id: string; readonly auth: string } & (
  | { readonly kind: 'chat'; readonly text: string }
  | { readonly kind: 'profile'; readonly name: string }
  /** A sign of life; the name comes along so that a lost profile does not matter. */
  | { readonly kind: 'pulse'; readonly name: string }
  /** To those whom the sender has let in: what the others are called, until they tell it themselves. */
  | { readonly kind: 'names'; readonly names: Readonly<Record<string, string>> }
);

export const longestText = 8_000;
export const longestName = 100;
const longestId = 32;
const mostNames = 500;
const longest = 60_000;

export function encodeInner(inner: Inner): Bytes {
  return utf8(JSON.stringify(inner));
}

/** Null when it is malformed or of a kind that is not known. */
export function readInner(bytes: Uint8Array): Inner | null {
  if (bytes.length > longest) return null;
  const value = parse(fromUtf8(bytes) ?? '');
  if (!isFields(value) || !hasTexts(value, 'kind', 'id', 'auth') || (value['id'] as string).length > longestId) return null;
  const base = { id: value['id'] as string, auth: value['auth'] as string };
  switch (value['kind']) {
    case 'chat': return isText(value['text'], longestText) ? { kind: 'chat', ...base, text: value['text'] } : null;
    case 'profile':
    case 'pulse': return isText(value['name'], longestName) ? { kind: value['kind'], ...base, name: value['name'] } : null;
    case 'names': return readNames(value['names'], base);
    default: return null;
  }
}

function readNames(value: unknown, base: { id: string; auth: string }): Inner | null {
  if (!isFields(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > mostNames || !entries.every(([, name]) => isText(name, longestName))) return null;
  return { kind: 'names', ...base, names: Object.fromEntries(entries) as Record<string, string> };
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
