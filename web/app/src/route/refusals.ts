import { isOpen, type Geofence, type Problem } from '@parley/client';
import { t } from '../i18n/i18n';
import type { MessageKey } from '../i18n/en';
import { cityName } from '../lib/places';
import type { Atlas } from './selectors';
import { ruleOf } from './verdicts';

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
  'place-not-allowed': { title: 'placeTitle', text: 'placeText' },
};

/** Whether a refusal is about where the meeting may be. */
export function isRouteRefusal(code: string): boolean {
  return code in known || /^(selector|geofence)-/.test(code);
}

/** How to tell a refusal of the fence to the person whose rule (maybe none) is `own`. */
export function refusalOf(problem: Problem, own: Geofence, atlas: Atlas | null, home: string | null): Refusal {
  const words = known[problem.code] ?? { title: 'ruleFaultTitle' as const, text: 'ruleFaultText' as const };
  const mine = !isOpen(own);
  // Without an own rule the words must not blame one.
  const blameless: Partial<Record<string, MessageKey>> = { conflictTitle: 'nobodyTitle', conflictText: 'nobodyText' };
  const key = (one: MessageKey): MessageKey => (mine ? one : (blameless[one] ?? one));
  const region = atlas?.regions.find(({ id }) => id === home);
  return {
    title: t(key(words.title)),
    text: t(key(words.text), { place: region ? cityName(region) : (home ?? ''), detail: problem.detail }),
    rules: rulesOf(problem, own, atlas),
    choices: [...(mine ? (['dropRule', 'changeRule'] as const) : []), ...(words.retry ? (['retry'] as const) : []), 'start'],
  };
}

function rulesOf(problem: Problem, own: Geofence, atlas: Atlas | null): string[] {
  const from = problem.conflicts?.length ? problem.conflicts : (problem.regions ?? []).filter(({ allowed }) => !allowed);
  return [...new Set(from.map((rule) => ruleOf(rule, own, atlas)))];
}
