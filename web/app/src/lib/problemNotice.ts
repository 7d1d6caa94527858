import type { Problem } from '@parley/client';
import type { MessageKey } from '../i18n/en';
import type { IconName } from './icons';

export interface ProblemNotice {
  readonly icon: IconName;
  readonly title: MessageKey;
  /** Null: the server's own words are the best there is. */
  readonly text: MessageKey | null;
  readonly retry: boolean;
}

const known: Readonly<Record<string, ProblemNotice>> = {
  unknown: { icon: 'link', title: 'meetingUnknownTitle', text: 'meetingUnknownText', retry: false },
  ended: { icon: 'ended', title: 'meetingEndedTitle', text: 'meetingEndedText', retry: false },
  locked: { icon: 'locked', title: 'meetingLockedTitle', text: 'meetingLockedText', retry: true },
  full: { icon: 'people', title: 'meetingFullTitle', text: 'meetingFullText', retry: true },
};

/** How to tell a refusal, by its code's last word, else by its status. */
export function noticeFor(problem: Problem): ProblemNotice {
  const word = problem.code.split('-').at(-1) ?? '';
  const byStatus: Readonly<Record<number, string>> = { 404: 'unknown', 410: 'ended', 423: 'locked' };
  return (
    known[word] ??
    known[byStatus[problem.status] ?? ''] ?? { icon: 'warning', title: 'refusedTitle', text: null, retry: true }
  );
}
