import type { FailureCode, RouteState } from '@parley/client';
import type { MessageKey } from '../i18n/en';

/** The chain of checks, each resting on the one before, with the failures that break it and what a person can do then. */
export const checks: readonly { readonly text: MessageKey; readonly failures: Partial<Record<FailureCode, MessageKey>> }[] = [
  {
    text: 'checkOperator',
    failures: { 'operator-key-changed': 'failOperatorChanged', 'operator-key-not-invited': 'failOperatorNotInvited' },
  },
  {
    text: 'checkDirectory',
    failures: {
      'directory-signature': 'failDirectorySignature',
      'directory-old': 'failDirectoryOld',
      'directory-expired': 'failDirectoryExpired',
      'directory-faulty': 'failDirectoryFaulty',
    },
  },
  { text: 'checkHome', failures: { 'home-mismatch': 'failHome' } },
  {
    text: 'checkStatement',
    failures: {
      'node-unknown': 'failNodeUnknown',
      'statement-signature': 'failStatementSignature',
      'statement-region': 'failStatementRegion',
      'statement-expired': 'failStatementExpired',
    },
  },
  { text: 'checkFence', failures: { 'region-outside-fence': 'failRegionOutside' } },
  { text: 'checkConnection', failures: { 'fingerprint-mismatch': 'failFingerprint', 'candidate-foreign': 'failCandidate', 'tunnel-unreachable': 'failTunnel' } },
];

/** Those that another node than the own one can pass. */
const nodeChecks: readonly MessageKey[] = ['checkOperator', 'checkDirectory', 'checkStatement'];

export type Outcome = 'passed' | 'failed' | 'not-reached';

export interface CheckRow {
  readonly text: MessageKey;
  readonly outcome: Outcome;
}

/** How far the checks got when one failed. */
export function checksAt(code: string): CheckRow[] {
  const failed = checks.findIndex(({ failures }) => code in failures);
  return checks.map(({ text }, index) => ({
    text,
    outcome: failed < 0 || index > failed ? 'not-reached' : index < failed ? 'passed' : 'failed',
  }));
}

/** What happened and what to do. */
export function failureText(code: string): MessageKey {
  for (const { failures } of checks) {
    const text = failures[code as FailureCode];
    if (text) return text;
  }
  return 'failOther';
}

/** What bears out the own connection. The last check is not over before the browser tells the certificate in use. */
export function ownChecks({ own }: RouteState): CheckRow[] {
  return checks.map(({ text }) => ({ text, outcome: own ? 'passed' : 'not-reached' }));
}

/** What bears out another node: its statement; its connections are out of this browser's sight. */
export function attestedChecks(isAttested: boolean): CheckRow[] {
  return nodeChecks.map((text) => ({ text, outcome: isAttested ? 'passed' : 'not-reached' }));
}
