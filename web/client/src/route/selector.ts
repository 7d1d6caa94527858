import { isCountry } from './countries';

export type SelectorKind = 'region' | 'country' | 'group' | 'operator';

/** Selects regions: `region:eu-fra`, `country:DE`, `group:EEA` or `operator:US` (whoever runs the machines). */
export interface Selector {
  readonly kind: SelectorKind;
  readonly value: string;
}

const regionId = /^(?=.{1,32}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const groupId = /^[A-Za-z0-9-]{1,32}$/;
const twoLetters = /^[A-Za-z]{2}$/;

/** Reads a selector; null when it is none. Keywords and country codes may be in any case. */
export function parseSelector(text: string): Selector | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const value = text.slice(colon + 1);
  if (kind === 'region') return regionId.test(value) ? { kind, value } : null;
  if (kind === 'group') return groupId.test(value) ? { kind, value } : null;
  if (kind !== 'country' && kind !== 'operator') return null;
  const code = value.toUpperCase();
  return twoLetters.test(value) && isCountry(code) ? { kind, value: code } : null;
}

export function selectorText({ kind, value }: Selector): string {
  return `${kind}:${value}`;
}
