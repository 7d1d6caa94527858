import { toBase64Url } from '../route/base64url';
import type { Bytes } from './bytes';
import type { OpenedMessage } from './group';
import { GroupError } from './groupError';
import { longestName, longestText, readInner, type Inner } from './inner';
import type { MemberCore } from './memberCore';
import { NameBook } from './nameBook';
import { Outbox } from './outbox';
import type { DeliveryEvent } from './protocol';
import { epochDigest } from './securityCode';

type MessageEvent = Extract<DeliveryEvent, { name: 'mlsMessage' }>;

const mostEarly = 64;
const mostRemembered = 1_024;

/**
 * What members say to each other inside the group: chat, names, and signs of life, by which each sees that the others are in the same
 * group, and that nobody is kept from it.
 */
export class Talk {
  private readonly names = new NameBook();
  private readonly outbox: Outbox;
  /** Of this epoch and the one before. */
  private digests: { readonly epoch: number; readonly digest: Bytes }[] = [];
  private early: MessageEvent[] = [];
  private readonly seen = new Set<string>();
  private readonly lastHeard = new Map<string, number>();
  private firstEpoch = 0;
  private pulseAt = Infinity;
  private serial = 0;
  private ownName: string;

  constructor(private readonly core: MemberCore, private readonly heardEpoch: (epoch: number) => void) {
    this.outbox = new Outbox(core, () => toBase64Url(this.digests.at(-1)?.digest ?? new Uint8Array()));
    this.ownName = clipped(core.options.name, longestName);
  }

  get allNames(): Readonly<Record<string, string>> {
    return { ...this.names.all(), ...(this.core.participant ? { [this.core.participant]: this.ownName } : {}) };
  }

  /** There is another group, or none: nothing said in the former one can be opened any more. */
  reset(): void {
    this.digests = [];
    this.lastHeard.clear();
    this.outbox.resume();
    this.pulseAt = Infinity;
    this.core.faults.keepOnly('member-silent', new Set());
  }

  forgetEarly(): void {
    this.early = [];
  }

  resume(): void {
    this.outbox.resume();
    const { now } = this.core;
    for (const one of this.lastHeard.keys()) this.lastHeard.set(one, now);
  }

  /** An epoch began; `added` came by the own commit; `entered`: this member itself has just come. */
  async epochBegan(added: readonly string[], entered: boolean): Promise<void> {
    const { core } = this;
    const { group } = core;
    if (!group) return;
    this.digests = [...this.digests.slice(-1), { epoch: group.epoch, digest: await epochDigest(group.epochAuthenticator) }];
    const others = group.members().map((member) => member.participant).filter((one) => one !== core.participant);
    const present = new Set(others);
    for (const one of this.lastHeard.keys()) if (!present.has(one)) this.lastHeard.delete(one);
    for (const one of others) if (!this.lastHeard.has(one)) this.lastHeard.set(one, core.now);
    this.names.keepOnly(present);
    if (entered) {
      this.firstEpoch = group.epoch;
      if (others.length > 0) this.say({ kind: 'profile', name: this.ownName });
      this.pulseAt = core.now + this.interval + ((group.ownLeaf * 137) % 1_000);
    }
    if (added.length > 0) this.say({ kind: 'names', names: this.namesFor(added) });
    const early = this.early.splice(0);
    for (const event of early) await this.received(event);
  }

  rename(name: string): void {
    this.ownName = clipped(name, longestName);
    if (this.lastHeard.size > 0) this.say({ kind: 'profile', name: this.ownName });
  }

  chat(id: string, text: string): void {
    if (text.length > longestText || text.trim() === '') this.core.emit({ kind: 'chat-sent', id, sent: false });
    else this.outbox.post({ id, content: { kind: 'chat', text } });
  }

  get deadline(): number {
    const silent = [...this.lastHeard.values()].map((at) => at + this.tolerance).filter((due) => due > this.core.now);
    return Math.min(this.outbox.deadline, this.pulseAt, ...silent);
  }

  async run(): Promise<void> {
    const { core } = this;
    if (!core.group) return;
    if (this.pulseAt <= core.now) {
      this.pulseAt = core.now + this.interval;
      if (this.outbox.isEmpty && this.lastHeard.size > 0) this.say({ kind: 'pulse', name: this.ownName });
    }
    const silent = [...this.lastHeard].filter(([, at]) => core.now >= at + this.tolerance).map(([one]) => one);
    for (const one of silent) core.faults.raise('member-silent', one, `no message for ${this.tolerance} ms`);
    core.faults.keepOnly('member-silent', new Set(silent));
    await this.outbox.run();
  }

  async received(event: MessageEvent): Promise<void> {
    const { core } = this;
    const { group } = core;
    if (event.generation !== core.generation) return core.count('message-of-other-generation');
    if (!group || event.epoch > group.epoch) return this.keep(event);
    try {
      await this.opened(await group.open(event.message));
    } catch (error) {
      if (!(error instanceof GroupError)) throw error;
      this.refuse(error, event);
    }
  }

  private async opened(message: OpenedMessage): Promise<void> {
    const { core } = this;
    const inner = readInner(message.plaintext);
    if (!inner) return core.count('message-unknown');
    const known = this.digests.find((one) => one.epoch === message.epoch);
    if (known && toBase64Url(known.digest) !== inner.auth) return core.faults.raise('group-forked', message.participant, `another digest of epoch ${message.epoch}`);
    if (this.lastHeard.has(message.participant)) this.lastHeard.set(message.participant, core.now);
    const key = `${message.participant} ${inner.id}`;
    if (this.seen.has(key)) return core.count('message-duplicate');
    this.seen.add(key);
    for (const oldest of this.seen) {
      if (this.seen.size <= mostRemembered) break;
      this.seen.delete(oldest);
    }
    this.take(message.participant, inner);
  }

  private take(from: string, inner: Inner): void {
    if (inner.kind === 'chat') this.core.emit({ kind: 'chat', from, id: inner.id, text: inner.text });
    else if (inner.kind !== 'names') this.names.told(from, inner.name);
    else for (const [one, name] of Object.entries(inner.names)) if (this.lastHeard.has(one)) this.names.heard(one, name);
  }

  private refuse(error: GroupError, event: MessageEvent): void {
    const { core } = this;
    const from = event.from || null;
    switch (error.fault) {
      case 'ahead': return this.keep(event);
      case 'old': return core.count('message-old');
      case 'other-group': return core.faults.raise('group-forked', from, error.message);
      case 'replayed': return void core.faults.notice('message-replayed', from, error.message);
      case 'undecryptable':
        // Before the own first epoch there was nothing to open.
        if (event.epoch < this.firstEpoch) return core.count('message-old');
        return core.faults.raise('group-forked', from, `sealed with other keys of epoch ${event.epoch}`);
      default: return void core.faults.notice('message-invalid', from, `${error.fault}: ${error.message}`);
    }
  }

  private keep(event: MessageEvent): void {
    if (this.early.length >= mostEarly) this.core.count('message-too-early');
    else this.early.push(event);
    if (this.core.group) this.heardEpoch(event.epoch);
  }

  private say(content: Parameters<Outbox['post']>[0]['content']): void {
    this.outbox.post({ id: `${this.core.now.toString(36)}-${(this.serial++).toString(36)}`, content });
  }

  private namesFor(added: readonly string[]): Record<string, string> {
    return Object.fromEntries(Object.entries(this.allNames).filter(([one]) => !added.includes(one)));
  }

  /** Ten seconds, and more in large groups: two a second from all together. */
  private get interval(): number {
    return Math.max(10_000, (this.lastHeard.size + 1) * 500);
  }

  private get tolerance(): number {
    return 3 * this.interval + 5_000;
  }
}

function clipped(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest);
}
