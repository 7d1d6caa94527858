import type { WireVerdict } from '../signalling/routeMessages';
import { scopes, type DecidingRule, type Verdict } from './geofence';
import { parseSelector } from './selector';

/** A deciding rule as the node writes it: `default`, `allow SELECTORS`, `deny SELECTOR`, `servesOnly COUNTRIES`, `unknown-region`. */
export function ruleText(rule: DecidingRule): string {
  if (rule.kind === 'allow') return `allow ${rule.selectors.join(' ')}`;
  if (rule.kind === 'deny') return `deny ${rule.selector}`;
  if (rule.kind === 'servesOnly') return `servesOnly ${rule.countries.join(' ')}`;
  return rule.kind === 'other' ? rule.text : rule.kind;
}

/** Reads what {@link ruleText} writes. */
export function readRule(text: string): DecidingRule {
  const space = text.indexOf(' ');
  const kind = space < 0 ? text : text.slice(0, space);
  const rest = space < 0 ? '' : text.slice(space + 1);
  const words = rest.split(' ').filter((word) => word !== '');
  if (kind === 'default' || kind === 'unknown-region') return { kind };
  if (kind === 'allow') return { kind, selectors: words };
  if (kind === 'deny') return { kind, selector: rest, doubt: false, unreadable: parseSelector(rest) === null };
  if (kind === 'servesOnly') return { kind, countries: words, outsider: '' };
  return { kind: 'other', text };
}

/** A node's verdict as data. */
export function readVerdict({ id, allowed, rule, scope }: WireVerdict): Verdict {
  return { region: id, allowed, rule: readRule(rule), scope: scopes.find((one) => one === scope) ?? 'platform' };
}
