/** What can be wrong with a meeting's encryption. The first group is found by {@link MlsMember}, the second where media is opened. */
export type FaultCode =
  | 'ghost-member' | 'member-missing' | 'member-silent' | 'device-changed'
  | 'commit-invalid' | 'commit-missing' | 'commit-reordered' | 'group-forked'
  | 'welcome-invalid' | 'welcome-replayed' | 'not-added' | 'secret-wrong' | 'message-invalid' | 'message-replayed'
  | 'frames-undecryptable' | 'stream-swapped' | 'old-epoch-replay';

export interface Fault {
  readonly code: FaultCode;
  /** Whom it concerns, where it concerns one. */
  readonly participant: string | null;
  readonly text: string;
  /** For an engineer. */
  readonly detail: string;
}

/** Plain English; an app may say it in its own words by the code. */
export const faultTexts: Readonly<Record<FaultCode, string>> = {
  'ghost-member': 'The encryption group has a member whom the meeting does not list. Nothing is sent until it is gone.',
  'member-missing': 'Somebody is listed in the meeting who is not in the encryption group. Nothing is sent until this is settled.',
  'member-silent': 'Nothing has been heard from this person in the encryption group for a while.',
  'device-changed': 'This person came back with another device, or with a deleted device key. Compare the security code again.',
  'commit-invalid': 'A change of the encryption group broke its rules and was refused.',
  'commit-missing': 'The server withholds a change of the encryption group that others already have.',
  'commit-reordered': 'The server delivered changes of the encryption group in the wrong order.',
  'group-forked': 'The server shows different encryption groups to different people. Nothing is sent.',
  'welcome-invalid': 'An invitation into the encryption group was not valid and was refused.',
  'welcome-replayed': 'The server used an old invitation into the encryption group again; it was refused.',
  'not-added': 'Nobody has let this device into the encryption group yet.',
  'secret-wrong': 'The secret in the invitation link is not the one that this meeting was made with.',
  'message-invalid': 'A message did not open with the keys of its sender and was refused.',
  'message-replayed': 'The server delivered a message twice; the second was refused.',
  'frames-undecryptable': 'Pictures or sound of this person cannot be opened: a key is missing.',
  'stream-swapped': 'The server passed one person’s stream as another’s; it is not shown.',
  'old-epoch-replay': 'The server replayed old pictures or sound; they are not shown.',
};

/** As long as one of these stands, nothing is sent. */
const stopping: ReadonlySet<FaultCode> = new Set<FaultCode>(['ghost-member', 'member-missing', 'group-forked']);

/** The faults that stand now; each is told when it comes, and no more often. */
export class Faults {
  private readonly standing = new Map<string, Fault>();

  constructor(private readonly told: (fault: Fault) => void) {}

  list(): readonly Fault[] {
    return [...this.standing.values()];
  }

  get stops(): boolean {
    return this.list().some((fault) => stopping.has(fault.code));
  }

  /** It stands until it is cleared. */
  raise(code: FaultCode, participant: string | null, detail: string): void {
    const key = keyOf(code, participant);
    if (this.standing.has(key)) return;
    this.standing.set(key, this.notice(code, participant, detail));
  }

  /** It happened and is over. */
  notice(code: FaultCode, participant: string | null, detail: string): Fault {
    const fault: Fault = { code, participant, text: faultTexts[code], detail };
    this.told(fault);
    return fault;
  }

  clear(code: FaultCode, participant: string | null = null): void {
    this.standing.delete(keyOf(code, participant));
  }

  /** Leaves of this code only those of `participants`. */
  keepOnly(code: FaultCode, participants: ReadonlySet<string>): void {
    for (const [key, fault] of this.standing) {
      if (fault.code === code && !participants.has(fault.participant ?? '')) this.standing.delete(key);
    }
  }
}

const keyOf = (code: FaultCode, participant: string | null): string => `${code} ${participant ?? ''}`;
