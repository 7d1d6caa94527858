// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { meterLevel } from '../src/media/level';
import { encodingsFor } from '../src/peer/encodings';
import { videoSlotsFor } from '../src/peer/pool';
import { judgePath, samplePath, type PathSample } from '../src/quality/quality';
import { reduce, initialState, withParticipant } from '../src/session/state';
import { isTransient, problemOf, readProblem } from '../src/signalling/problem';
import { retryDelayMs } from '../src/signalling/retry';
import { sameWishes, wishesFor } from '../src/view/wishes';

describe('retryDelayMs', () => {
  it('is quick first, often for half a minute, then seldom', () => {
    expect([0, 1, 2, 3, 19, 20, 500].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([250, 500, 1000, 1500, 1500, 5000, 5000]);
  });

  it('spreads over a crowd', () => {
    expect(retryDelayMs(2, 0)).toBeCloseTo(800);
    expect(retryDelayMs(2, 1)).toBeCloseTo(1200);
  });
});

describe('problems', () => {
  const locked = { type: '/problems/meeting-locked', title: 'Locked', status: 403, detail: 'The host locked it.' };

  it('are found inside a hub error', () => {
    const error = new Error(`An unexpected error occurred invoking 'join'. HubException: ${JSON.stringify(locked)}`);
    expect(problemOf(error)).toEqual({ code: 'meeting-locked', title: 'Locked', status: 403, detail: 'The host locked it.' });
  });

  it.each(['', 'plain words', '{broken', 'text {"a": 1} text', '{}'])('are not seen in %j', (message) => {
    expect(problemOf(new Error(message))).toBeNull();
  });

  it('need a code or a status', () => {
    expect(readProblem(null)).toBeNull();
    expect(readProblem([])).toBeNull();
    expect(readProblem({ title: 'x' })).toBeNull();
  });

  it('know what waiting may cure', () => {
    const of = (status: number, code = '') => isTransient({ code, status, title: '', detail: '' });
    expect([of(503), of(429), of(404), of(403), of(503, 'meeting-full')]).toEqual([true, true, false, false, false]);
  });
});

describe('videoSlotsFor', () => {
  it('grows 9, 17, 25 and never shrinks', () => {
    expect([0, 9, 10, 17, 18, 25, 99].map((wanted) => videoSlotsFor(wanted, 0))).toEqual([9, 9, 17, 17, 25, 25, 25]);
    expect(videoSlotsFor(2, 17)).toBe(17);
  });
});

describe('encodingsFor', () => {
  const sent = (width: number, height: number) =>
    encodingsFor(width, height)
      .filter(({ active }) => active)
      .map(({ rid, scaleResolutionDownBy }) => [rid, scaleResolutionDownBy]);

  it('always sends the full picture, in as many layers as the browser will make', () => {
    expect(sent(1280, 720)).toEqual([['q', 4], ['h', 2], ['f', 1]]);
    expect(sent(720, 1280)).toEqual([['q', 4], ['h', 2], ['f', 1]]);
    expect(sent(640, 480)).toEqual([['q', 2], ['h', 1]]);
    expect(sent(320, 240)).toEqual([['q', 1]]);
  });

  it('gives smaller layers less, and none nothing', () => {
    const rates = encodingsFor(1280, 720).map(({ maxBitrate }) => maxBitrate ?? 0);
    expect(rates[2]).toBe(1_700_000);
    expect(rates[1]).toBeGreaterThan(400_000);
    expect(rates[1]).toBeLessThan(600_000);
    expect(rates[0]).toBeGreaterThan(100_000);
    expect(encodingsFor(16, 16)[0]?.maxBitrate).toBeGreaterThan(30_000);
  });
});

describe('wishesFor', () => {
  const tiles = [
    { participant: 'small', height: 100 },
    { participant: 'big', height: 400 },
    { participant: 'speaker', height: 100 },
    { participant: 'gone', height: 0 },
  ];

  it('asks for the speaker first, then the larger, in device pixels', () => {
    const wishes = wishesFor(tiles, { dominant: 'speaker', pixelRatio: 2, hidden: false });
    expect(wishes.map(({ participant, height }) => [participant, height])).toEqual([
      ['speaker', 200], ['big', 800], ['small', 200],
    ]);
  });

  it('asks for nothing on a hidden page', () => {
    expect(wishesFor(tiles, { dominant: null, pixelRatio: 1, hidden: true })).toEqual([]);
  });

  it('is bounded in number and height', () => {
    const many = Array.from({ length: 99 }, (_, index) => ({ participant: String(index), height: 9000 }));
    const wishes = wishesFor(many, { dominant: null, pixelRatio: 3, hidden: false });
    expect(wishes).toHaveLength(25);
    expect(wishes[0]?.height).toBe(2160);
  });

  it('does not change with a few pixels', () => {
    const at = (height: number) => wishesFor([{ participant: 'a', height }], { dominant: null, pixelRatio: 1, hidden: false });
    expect(sameWishes(at(181), at(199))).toBe(true);
    expect(sameWishes(at(181), at(201))).toBe(false);
    expect(sameWishes(at(181), [])).toBe(false);
  });
});

describe('quality', () => {
  const sample = (change: Partial<PathSample>): PathSample => ({ received: 0, lost: 0, sendLoss: 0, roundTrip: 20, ...change });

  it.each([
    [sample({ received: 1000 }), 3],
    [sample({ received: 970, lost: 30 }), 2],
    [sample({ received: 800, lost: 200 }), 1],
    [sample({ received: 1000, sendLoss: 0.1 }), 1],
    [sample({ received: 1000, roundTrip: 300 }), 2],
    [sample({ received: 1000, roundTrip: 800 }), 1],
    [sample({ roundTrip: null }), 3],
  ] as const)('judges %j as %i', (now, level) => {
    expect(judgePath(sample({}), now)).toBe(level);
  });

  it('reads what browsers report and ignores the rest', () => {
    expect(
      samplePath([
        { type: 'inbound-rtp', packetsReceived: 10, packetsLost: 2 },
        { type: 'inbound-rtp', packetsReceived: 5, packetsLost: -3 },
        { type: 'remote-inbound-rtp', fractionLost: 0.25 },
        { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.05 },
        { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
        { type: 'codec' },
      ]),
    ).toEqual({ received: 15, lost: 2, sendLoss: 0.25, roundTrip: 50 });
  });
});

describe('reduce', () => {
  const person = (id: string, since: number) => ({ id, name: id, microphone: true, camera: true, since });

  it('keeps people in the order of joining', () => {
    const list = withParticipant(withParticipant([person('b', 2)], person('c', 3)), person('a', 1));
    expect(list.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(withParticipant(list, { ...person('b', 2), name: 'new' }).map(({ name }) => name)).toEqual(['a', 'new', 'c']);
  });

  it('takes a leaver out of everything', () => {
    const state = { ...initialState, participants: [person('a', 1)], dominant: 'a', audible: ['a'] };
    expect(reduce(state, 'participantLeft', { id: 'a' })).toEqual({ participants: [], dominant: null, audible: [] });
  });

  it('merges qualities, since only changes are told', () => {
    expect(reduce({ ...initialState, levels: { a: 1 } }, 'quality', { levels: { b: 2 } })).toEqual({ levels: { a: 1, b: 2 } });
  });
});

describe('meterLevel', () => {
  it('goes from silence to full scale', () => {
    expect(meterLevel(new Float32Array(8))).toBe(0);
    expect(meterLevel(new Float32Array(8).fill(1))).toBe(1);
    expect(meterLevel(new Float32Array(8).fill(0.0316))).toBeCloseTo(0.5, 1);
  });
});
