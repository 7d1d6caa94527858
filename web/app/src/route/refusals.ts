import { isOpen, type Geofence, type Problem } from '@parley/client';
import { countryName, listOf, t } from '../i18n/i18n';
import type { MessageKey } from '../i18n/en';
import { cityName } from '../lib/places';
import type { Atlas } from './selectors';
import { fenceTexts, ruleOf, type Rule } from './verdicts';

/** What a person can do about a refusal, as buttons; the first is the best way out. */
export type RefusalChoice = 'dropRule' | 'changeRule' | 'retry' | 'start';

export interface Refusal {
  readonly title: string;
  readonly text: string;
  /** The rules that stand in each other's way, whose they are, nobody named. */
  readonly rules: readonly string[];
  readonly choices: readonly RefusalChoice[];
}

interface Words {
  readonly title: MessageKey;
  readonly text: MessageKey;
  /** Whether trying again unchanged can help. */
  readonly retry?: boolean;
}

const known: Readonly<Record<string, Words>> = {
  'fence-conflict': { title: 'conflictTitle', text: 'conflictText' },
  'no-region-allowed': { title: 'nobodyTitle', text: 'nobodyText' },
  'home-outside-fence': { title: 'homeOutsideTitle', text: 'homeOutsideText' },
  'tighten-needs-host': { title: 'needsHostTitle', text: 'needsHostText', retry: true },
  'tighten-refused': { title: 'declinedTitle', text: 'declinedText' },
  'host-silent': { title: 'silentTitle', text: 'silentText', retry: true },
  'out-of-reach': { title: 'outOfReachTitle', text: 'outOfReachText', retry: true },
  'no-capacity': { title: 'noCapacityTitle', text: 'noCapacityText', retry: true },
  'operator-fence-fault': { title: 'operatorFenceTitle', text: 'operatorFenceText', retry: true },
  'no-control-node': { title: 'noControlTitle', text: 'noControlText' },
  'place-not-allowed': { title: 'placeTitle', text: 'placeText' },
};

/** Without an own rule the words must not blame one: it is where the newcomer is that counts. */
const blameless: Partial<Record<MessageKey, MessageKey>> = {
  conflictTitle: 'outsideTitle', conflictText: 'outsideText', needsHostTitle: 'outsideNeedsHostTitle', needsHostText: 'outsideHostText',
  declinedTitle: 'outsideDeclinedTitle', declinedText: 'outsideHostText', silentText: 'outsideHostText',
};

const forOutsiders: Partial<Record<MessageKey, MessageKey>> = { homeOutsideTitle: 'homeServesTitle', homeOutsideText: 'homeServesText' };

/** Whether a refusal is about where the meeting may be. */
export function isRouteRefusal(code: string): boolean {
  return code in known || /^(selector|geofence)-/.test(code);
}

/** How to tell a refusal of the fence to the person whose rule (maybe none) is `own`. */
export function refusalOf(problem: Problem, own: Geofence, atlas: Atlas | null, home: string | null): Refusal {
  const words = known[problem.code] ?? { title: 'ruleFaultTitle' as const, text: 'ruleFaultText' as const };
  const mine = !isOpen(own);
  const region = atlas?.regions.find(({ id }) => id === home);
  // Who is turned away for where they are is told so: no rule of theirs is to blame.
  const serves = problem.code === 'home-outside-fence' ? servedBy(problem, home) : [];
  const key = (one: MessageKey): MessageKey => (serves.length > 0 ? forOutsiders[one] : mine ? undefined : blameless[one]) ?? one;
  const named = { place: region ? cityName(region) : (home ?? ''), countries: listOf(serves.map(countryName), 'or'), detail: problem.detail };
  const rules = rulesOf(problem, own, atlas);
  return {
    title: t(key(words.title), named),
    text: t(key(words.text), named),
    rules: serves.length > 0 ? [] : rules.length > 0 ? rules : fenceTexts(own, atlas).map((rule) => t('ruleWithOwner', { whose: t('whoseYou'), rule })),
    choices: [...(mine ? (['dropRule', 'changeRule'] as const) : []), ...(words.retry ? (['retry'] as const) : []), 'start'],
  };
}

/** The countries that the meeting's home serves only, where that is what leaves it out. */
function servedBy(problem: Problem, home: string | null): readonly string[] {
  const [verb, ...countries] = (problem.regions ?? []).find(({ id, allowed }) => id === home && !allowed)?.rule.split(' ') ?? [];
  return verb === 'servesOnly' ? countries : [];
}

function rulesOf(problem: Problem, own: Geofence, atlas: Atlas | null): string[] {
  const from = problem.conflicts?.length ? problem.conflicts : (problem.regions ?? []).filter(({ allowed }) => !allowed);
  const isFact = ({ rule }: Rule): boolean => /^(servesOnly|unknown-region)/.test(rule);
  const texts = (rules: readonly Rule[]): string[] => [...new Set(rules.map((rule) => ruleOf(rule, own, atlas)))];
  const wishes = texts(from.filter((rule) => !isFact(rule)));
  // What a region itself demands explains the rest only where people's rules do not suffice.
  return wishes.length > 1 && !isOpen(own) ? wishes : [...wishes, ...texts(from.filter(isFact))];
}
