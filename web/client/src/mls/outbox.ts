import { toBase64Url } from '../route/base64url';
import type { Answer } from './callBook';
import { encodeInner, type Inner } from './inner';
import type { MemberCore } from './memberCore';

type Content = Inner extends infer Each ? (Each extends Inner ? Omit<Each, 'id' | 'auth'> : never) : never;

export interface Letter {
  readonly id: string;
  readonly content: Content;
}

interface Waiting extends Letter {
  tries: number;
  /** Not before. */
  at: number;
}

const mostWaiting = 64;
const mostTries = 6;

/** Messages on their way, one at a time so that they stay in order; sealed anew when the epoch changed meanwhile. */
export class Outbox {
  private readonly waiting: Waiting[] = [];
  private sending = false;

  constructor(private readonly core: MemberCore, private readonly digest: () => string) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  get deadline(): number {
    return this.sending || !this.core.group ? Infinity : (this.waiting[0]?.at ?? Infinity);
  }

  post(letter: Letter): void {
    if (this.waiting.length >= mostWaiting) this.fail(letter);
    else this.waiting.push({ ...letter, tries: 0, at: this.core.now });
  }

  /** The connection was lost: whatever was on its way is sent again; who got it already knows it by its id. */
  resume(): void {
    this.sending = false;
  }

  async run(): Promise<void> {
    const { core } = this;
    const [next] = this.waiting;
    if (this.sending || !next || next.at > core.now || !core.group) return;
    this.sending = true;
    next.tries++;
    const { epoch } = core.group;
    const inner = { ...next.content, id: next.id, auth: this.digest() } as Inner;
    const message = toBase64Url(await core.group.seal(encodeInner(inner)));
    core.calls.make('mlsMessage', { generation: core.generation, epoch, message }, core.now, (answer) => this.answered(next, answer));
  }

  private answered(letter: Waiting, answer: Answer): void {
    this.sending = false;
    if (this.waiting[0] !== letter) return;
    if (answer.kind === 'value') {
      this.waiting.shift();
      if (letter.content.kind === 'chat') this.core.emit({ kind: 'chat-sent', id: letter.id, sent: true });
    } else if (letter.tries >= mostTries || letter.content.kind === 'pulse') {
      this.waiting.shift();
      this.fail(letter);
    } else {
      // Stale: at once, the new epoch is here or comes; else after a moment, since the node is busy.
      letter.at = this.core.now + (answer.kind === 'refused' && answer.code === 'message-stale' ? 200 : 1_000);
    }
  }

  private fail(letter: Letter): void {
    this.core.count('message-unsent');
    if (letter.content.kind === 'chat') this.core.emit({ kind: 'chat-sent', id: letter.id, sent: false });
  }
}
