import type { FenceGround, Geofence } from './geofence';
import { parseSelector, selectorText, type Selector } from './selector';

export const mostSelectors = 64;

/** What is wrong with a geofence: the broken rule's code, as the node names it, and the culprit. */
export interface GeofenceFault {
  readonly rule: 'geofence-empty' | 'geofence-too-long' | 'selector-invalid' | 'selector-unknown' | 'geofence-contradictory';
  readonly selector: string;
}

/** The first thing wrong with a geofence; null when it is sound. Names that the directory does not know are faults, so that nobody relies on a misspelt rule. */
export function findFault({ allow, deny }: Geofence, ground: FenceGround): GeofenceFault | null {
  if (allow?.length === 0) return { rule: 'geofence-empty', selector: '' };
  if ((allow?.length ?? 0) + (deny?.length ?? 0) > mostSelectors) return { rule: 'geofence-too-long', selector: '' };
  const allowed = new Set<string>();
  for (const [list, texts] of [['allow', allow], ['deny', deny]] as const) {
    for (const text of texts ?? []) {
      const selector = parseSelector(text);
      if (!selector) return { rule: 'selector-invalid', selector: text };
      const plain = selectorText(selector);
      if (!isKnown(selector, ground)) return { rule: 'selector-unknown', selector: plain };
      if (list === 'allow') allowed.add(plain);
      else if (allowed.has(plain)) return { rule: 'geofence-contradictory', selector: plain };
    }
  }
  return null;
}

function isKnown({ kind, value }: Selector, { regions, groups }: FenceGround): boolean {
  if (kind === 'region') return regions.some(({ id }) => id === value);
  return kind !== 'group' || groups.some(({ id }) => id === value);
}
