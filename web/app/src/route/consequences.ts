import type { Consequences } from '@parley/client';
import { delayText, plural, t } from '../i18n/i18n';

/** A difference below this is nothing that anybody hears. */
const audibleMs = 2;

/** What a rule or an edit does to the people in the meeting, one sentence each; a single one when it does nothing. */
export function consequenceTexts({ moves, leaves, worstBefore, worstAfter, growth, computed }: Consequences): string[] {
  const sentences: string[] = [];
  if (leaves > 0) sentences.push(plural('consequenceLeaves', leaves));
  if (moves > 0) sentences.push(plural('consequenceMoves', moves));
  if (worstBefore !== null && worstAfter !== null && Math.abs(worstAfter - worstBefore) >= audibleMs) {
    const key = worstAfter > worstBefore ? 'consequenceSlower' : 'consequenceFaster';
    sentences.push(t(key, { before: delayText(worstBefore, computed), after: delayText(worstAfter, computed) }));
  } else if (growth >= audibleMs) sentences.push(t('consequenceGrowth', { delay: delayText(growth, computed) }));
  return sentences.length > 0 ? sentences : [t('consequenceNone')];
}

/** Whether somebody would have to go or wait noticeably longer: worth a colour. */
export function isHeavy({ leaves, growth }: Consequences, limitMs = 100): boolean {
  return leaves > 0 || growth > limitMs;
}
