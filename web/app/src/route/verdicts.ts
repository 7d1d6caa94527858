import { ruleText as wireRule, type Geofence, type Verdict, type WireVerdict } from '@parley/client';
import { countryName, listOf, t } from '../i18n/i18n';
import type { MessageKey } from '../i18n/en';
import { selectorName, type Atlas } from './selectors';

/** A rule and whose it is, as the server states them. */
export type Rule = Pick<WireVerdict, 'rule' | 'scope'>;

/** A verdict without the server's own sentence, which is in one language only. */
export type PlainVerdict = Omit<WireVerdict, 'reason'>;

/** A verdict of this client's own evaluation, as the server would write it. */
export function plainVerdict({ region, allowed, rule, scope }: Verdict): PlainVerdict {
  return { id: region, allowed, rule: wireRule(rule), scope };
}

const owners: Readonly<Record<string, MessageKey>> = {
  platform: 'whosePlatform',
  organisation: 'whoseOrganisation',
  group: 'whoseGroup',
  user: 'whoseUser',
  meeting: 'whoseHost',
  participant: 'whoseOther',
};

/** Whose rule it is: "You" where the own fence has it, else by its scope; nobody is named. */
export function whose({ rule, scope }: Rule, own: Geofence): string {
  if (scope === 'participant' && isOwn(rule, own)) return t('whoseYou');
  return t(owners[scope] ?? 'whoseOther');
}

/** A rule in words: "not through China", "only within Germany and France", "serves only people in Brazil". */
export function ruleText(rule: string, atlas: Atlas | null): string {
  const [verb = '', ...selectors] = rule.split(' ').filter(Boolean);
  if (verb === 'servesOnly') return t('ruleServesOnly', { countries: listOf(selectors.map(countryName), 'or') });
  const list = listOf(selectors.map((selector) => selectorName(selector, atlas)), 'or');
  if (verb === 'deny') return t('ruleDeny', { list });
  if (verb === 'allow') return t('ruleAllow', { list });
  return t(verb === 'unknown-region' ? 'ruleUnknownRegion' : 'ruleNone');
}

/** "The host: not through China". */
export function ruleOf(rule: Rule, own: Geofence, atlas: Atlas | null): string {
  if (rule.rule === '') return t('ruleTheirs');
  const text = ruleText(rule.rule, atlas);
  // The region's own limit and a region that is unknown are facts, nobody's wish.
  if (/^(servesOnly|unknown-region)/.test(rule.rule)) return text;
  return t('ruleWithOwner', { whose: whose(rule, own), rule: text });
}

/** The own rules, one text each, for chips and sentences. */
export function fenceTexts(fence: Geofence, atlas: Atlas | null): string[] {
  return [
    ...(fence.allow ? [ruleText(`allow ${fence.allow.join(' ')}`, atlas)] : []),
    ...(fence.deny ?? []).map((selector) => ruleText(`deny ${selector}`, atlas)),
  ];
}

function isOwn(rule: string, own: Geofence): boolean {
  const [verb, ...selectors] = rule.split(' ').filter(Boolean);
  const list = verb === 'deny' ? own.deny : verb === 'allow' ? own.allow : undefined;
  return list !== undefined && selectors.length > 0 && selectors.every((selector) => list.includes(selector));
}
