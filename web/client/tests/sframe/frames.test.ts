// @vitest-environment node
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { opus } from '../../src/sframe/codecs/opus';
import { vp8 } from '../../src/sframe/codecs/vp8';
import { vp9 } from '../../src/sframe/codecs/vp9';
import { FrameOpener, type Occupant } from '../../src/sframe/frameOpener';
import { FrameSealer } from '../../src/sframe/frameSealer';
import { decodeHeader } from '../../src/sframe/header';
import { KeyRing, oldEpochMs } from '../../src/sframe/keyRing';
import type { SourceName } from '../../src/signalling/messages';
import { bytes } from './codecs/sealing';
import { epochOf } from './group';

type Frame = Uint8Array<ArrayBuffer>;
const camera: Occupant = { participant: 'bob', source: 'camera' };
const frame: Frame = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);

let now: number;
let bobRing: KeyRing;
let adaRing: KeyRing;
let bob: FrameSealer;
let ada: FrameOpener;

const seal = async (given: Frame = frame, source: SourceName = 'camera', format = vp8): Promise<Frame> => {
  const sealed = await bob.seal(given, format, source);
  if ('dropped' in sealed) throw new Error(sealed.dropped);
  return sealed.frame;
};

beforeEach(async () => {
  now = 0;
  [bobRing, adaRing] = [new KeyRing(), new KeyRing()];
  bobRing.add(await epochOf(1, 1), now);
  adaRing.add(await epochOf(0, 1), now);
  bob = new FrameSealer(bobRing);
  ada = new FrameOpener(adaRing, () => now);
});

describe('a frame', () => {
  it('arrives as it was, in any codec and from any source', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes({ minLength: 10, maxLength: 200 }), fc.constantFrom(opus, vp8, vp9), fc.constantFrom<SourceName>('microphone', 'camera', 'screen', 'screenAudio'),
        async (given, format, source) => {
          const opened = await ada.open(await seal(given, source, format), format, { participant: 'bob', source });
          expect(opened).toEqual({ frame: given });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is refused when any bit of it was changed', async () => {
    const sealed = await seal();
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await ada.open(changed, vp8, camera)).toHaveProperty('dropped');
    }
    expect(await ada.open(sealed, vp8, camera)).toEqual({ frame });
  });

  it('is refused when it comes again, in the same slot or another', async () => {
    const sealed = await seal();
    expect(await ada.open(sealed, vp8, camera)).toEqual({ frame });
    expect(await ada.open(sealed, vp8, camera)).toEqual({ dropped: 'replayed', sender: 'bob' });
    const twice = await seal();
    const outcomes = await Promise.all([ada.open(twice, vp8, camera), ada.open(twice, vp8, camera)]);
    expect(outcomes).toContainEqual({ frame });
    expect(outcomes).toContainEqual({ dropped: 'replayed', sender: 'bob' });
  });

  it('opens on two connections, as while one takes over from the other', async () => {
    const sealed = await seal();
    const other = new FrameOpener(adaRing, () => now);
    expect(await ada.open(sealed, vp8, camera)).toEqual({ frame });
    expect(await other.open(sealed, vp8, camera)).toEqual({ frame });
  });

  it('is refused in the slot of somebody else, or of another source of the same person', async () => {
    const sealed = await seal();
    expect(await ada.open(sealed, vp8, { participant: 'eve', source: 'camera' })).toEqual({ dropped: 'sender-other', sender: 'bob' });
    expect(await ada.open(sealed, vp8, { participant: 'bob', source: 'screen' })).toEqual({ dropped: 'not-authentic', sender: 'bob' });
    expect(await ada.open(sealed, vp8, null)).toEqual({ dropped: 'slot-empty', sender: 'bob' });
    expect(await ada.open(sealed, vp8, camera)).toEqual({ frame });
  });

  it('is refused as one of another codec', async () => {
    expect(await ada.open(await seal(frame, 'camera', vp9), opus, camera)).toEqual({ dropped: 'not-authentic', sender: 'bob' });
    expect(await ada.open(await seal(), null, camera)).toEqual({ dropped: 'codec-unknown', sender: null });
    expect(await bob.seal(frame, null, 'camera')).toEqual({ dropped: 'codec-unknown' });
  });

  it('is refused under another key', async () => {
    const stranger = new KeyRing();
    stranger.add(await epochOf(0, 1, { salt: 1 }), now);
    expect(await new FrameOpener(stranger, () => now).open(await seal(), vp8, camera)).toEqual({ dropped: 'not-authentic', sender: 'bob' });
  });

  it('takes any bytes for malformed or for what they are not', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ maxLength: 60 }), fc.constantFrom(opus, vp8, vp9), async (given, format) => {
        expect(await ada.open(given, format, camera)).toHaveProperty('dropped');
      }),
      { numRuns: 500 },
    );
    expect(await ada.open(new Uint8Array(), vp8, camera)).toEqual({ dropped: 'malformed', sender: null });
    expect(await bob.seal(new Uint8Array(), vp8, 'camera')).toEqual({ dropped: 'malformed' });
  });
});

describe('counters', () => {
  it('are one for all sources and layers of a sender', async () => {
    const frames = await Promise.all([seal(), seal(frame, 'screen'), seal(frame, 'microphone', opus), seal()]);
    const counters = [frames[0], frames[1], frames[3]].map((sealed) => decodeHeader(sealed?.slice(1) ?? frame)?.counter);
    expect([...counters, decodeHeader(frames[2] ?? frame)?.counter].sort()).toEqual([0n, 1n, 2n, 3n]);
  });

  it('begin again with another epoch, whose key is another', async () => {
    const first = await seal();
    bobRing.add(await epochOf(1, 2), now);
    bobRing.sendNewest();
    const second = await seal();
    expect(decodeHeader(second.slice(1))).toMatchObject({ counter: 0n });
    expect(second.slice(-16)).not.toEqual(first.slice(-16));
    adaRing.add(await epochOf(0, 2), now);
    expect(await ada.open(first, vp8, camera)).toEqual({ frame });
    expect(await ada.open(second, vp8, camera)).toEqual({ frame });
  });
});

describe('epochs', () => {
  it('open for 10 s after they ended, then never', async () => {
    const [early, late] = [await seal(), await seal()];
    adaRing.add(await epochOf(0, 2), now);
    now = oldEpochMs - 1;
    expect(await ada.open(early, vp8, camera)).toEqual({ frame });
    now = oldEpochMs;
    expect(await ada.open(late, vp8, camera)).toEqual({ dropped: 'epoch-over', sender: 'bob' });
  });

  it('of which the key has not come are told apart', async () => {
    bobRing.add(await epochOf(1, 2), now);
    bobRing.sendNewest();
    expect(await ada.open(await seal(), vp8, camera)).toEqual({ dropped: 'epoch-unknown', sender: 'bob' });
    expect(await new FrameOpener(new KeyRing(), () => now).open(await seal(), vp8, camera)).toEqual({ dropped: 'keys-missing', sender: null });
  });

  it('without a key nothing is sealed', async () => {
    expect(await new FrameSealer(new KeyRing()).seal(frame, vp8, 'camera')).toEqual({ dropped: 'keys-missing' });
  });
});
