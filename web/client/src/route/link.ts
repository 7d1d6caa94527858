/** What an invitation link's fragment carries; it never reaches a server. */
export interface LinkFragment {
  /** SHA-256 of the operator key's SubjectPublicKeyInfo, base64url; null when the link says nothing. */
  readonly operatorKey: string | null;
}

const sha256Text = /^[A-Za-z0-9_-]{43}$/;

/** Reads `#k=...`. A key that is none is kept as it came, so that it matches none: a damaged link must not count as one without a key. */
export function parseFragment(hash: string): LinkFragment {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  return { operatorKey: fields.get('k') };
}

/** The link to a meeting, with the operator key where it is known. */
export function meetingLink(origin: string, meeting: string, operatorKey: string | null): string {
  const fragment = operatorKey !== null && sha256Text.test(operatorKey) ? `#k=${operatorKey}` : '';
  return `${origin}/m/${encodeURIComponent(meeting)}${fragment}`;
}
