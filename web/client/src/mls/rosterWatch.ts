import type { Faults } from './faults';

/** How long an event about a newcomer may be behind the group that already has it. */
const unknownGrace = 2_000;
/** How long a change of the group may be behind the list of participants. */
const settleGrace = 10_000;
const mostKnown = 10_000;

/**
 * Holds the group against the list of participants: every leaf must be somebody who is listed, everybody listed must have a leaf.
 * A leaf of somebody who was never listed is in doubt at once, so that nothing new is shared with it; after two seconds it is a fault.
 */
export class RosterWatch {
  private listed = new Map<string, number>();
  private readonly known = new Set<string>();
  private leaves: ReadonlySet<string> = new Set();
  private groupSince: number | null = null;
  private unlistedSince = new Map<string, number>();

  constructor(private readonly faults: Faults) {}

  isListed(participant: string): boolean {
    return this.listed.has(participant);
  }

  list(participants: readonly string[], now: number): void {
    this.listed = new Map(participants.map((one) => [one, this.listed.get(one) ?? now]));
    for (const one of participants) this.known.add(one);
    for (const one of this.known) {
      if (this.known.size <= mostKnown) break;
      if (!this.listed.has(one)) this.known.delete(one);
    }
  }

  /** Who has a leaf now; null: there is no group. */
  group(participants: readonly string[] | null, now: number): void {
    if (participants === null) this.groupSince = null;
    else this.groupSince ??= now;
    const leaves = new Set(participants);
    for (const one of this.leaves) {
      // Whoever has just lost its leaf, to get a new one, has time again.
      if (!leaves.has(one) && this.listed.has(one)) this.listed.set(one, now);
    }
    this.leaves = leaves;
  }

  /** Raises and clears; says whether somebody is in doubt. */
  check(now: number): boolean {
    const unlisted = this.groupSince === null ? [] : [...this.leaves].filter((one) => !this.listed.has(one));
    this.unlistedSince = new Map(unlisted.map((one) => [one, this.unlistedSince.get(one) ?? now]));
    const ghosts = unlisted.filter((one) => now >= this.ghostFrom(one));
    for (const one of ghosts) this.faults.raise('ghost-member', one, this.known.has(one) ? 'left, but is still in the group' : 'was never listed');
    this.faults.keepOnly('ghost-member', new Set(ghosts));
    const missing = this.missing().filter(([, from]) => now >= from).map(([one]) => one);
    for (const one of missing) this.faults.raise('member-missing', one, 'is listed, but not in the group');
    this.faults.keepOnly('member-missing', new Set(missing));
    return unlisted.some((one) => !this.known.has(one));
  }

  deadline(now: number): number {
    const ghosts = [...this.unlistedSince.keys()].map((one) => this.ghostFrom(one));
    return Math.min(Infinity, ...[...ghosts, ...this.missing().map(([, from]) => from)].filter((due) => due > now));
  }

  private ghostFrom(participant: string): number {
    return (this.unlistedSince.get(participant) ?? Infinity) + (this.known.has(participant) ? settleGrace : unknownGrace);
  }

  private missing(): (readonly [string, number])[] {
    const { groupSince } = this;
    if (groupSince === null) return [];
    return [...this.listed].filter(([one]) => !this.leaves.has(one)).map(([one, since]) => [one, Math.max(since, groupSince) + settleGrace] as const);
  }
}
