/** What people are called. The own word of somebody counts more than another member's. */
export class NameBook {
  private readonly own = new Map<string, string>();
  private readonly reported = new Map<string, string>();

  told(participant: string, name: string): void {
    this.own.set(participant, name);
    this.reported.delete(participant);
  }

  /** By the member who let us in. */
  heard(participant: string, name: string): void {
    if (!this.own.has(participant)) this.reported.set(participant, name);
  }

  keepOnly(participants: ReadonlySet<string>): void {
    for (const book of [this.own, this.reported]) {
      for (const participant of book.keys()) if (!participants.has(participant)) book.delete(participant);
    }
  }

  all(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.reported, ...this.own]);
  }
}
