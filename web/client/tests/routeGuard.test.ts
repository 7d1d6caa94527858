import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RouteFailure } from '../src/route/failure';
import type { Geofence } from '../src/route/geofence';
import { RouteGuard } from '../src/session/routeGuard';
import type { RouteView } from '../src/signalling/routeMessages';
import { answerOf, FakeTrust, fingerprintOf } from './fakes/fakeTrust';

const fra = { id: 'n_fra', region: 'eu-fra', statement: 'signed' };
const nyc = { id: 'n_nyc', region: 'us-nyc', statement: 'signed' };
const viewOf = (fence: Geofence, more: Partial<RouteView> = {}): RouteView => ({
  epoch: 1, home: 'eu-fra', fence: { ...fence, regions: [] }, participants: [], relays: [], nodes: [], delays: { worst: null, mean: null, computed: false }, legs: [], ...more,
});

let trust: FakeTrust;
let fresh: RouteView;
let freshRoute: ReturnType<typeof vi.fn<() => Promise<RouteView>>>;
let failed: ReturnType<typeof vi.fn<(failure: RouteFailure) => void>>;
let leave: ReturnType<typeof vi.fn<(node: string) => void>>;
const make = (fence: Geofence = {}, meeting = 'eu-fra-x7k'): RouteGuard => new RouteGuard({ meeting, trust, fence, freshRoute, leave, failed });

/** A connection that uses a certificate (SHA-256 given by its bytes) and a peer. */
function connectionOf(der: Uint8Array<ArrayBuffer> | null, remote: unknown = null): RTCPeerConnection {
  const transport = { getRemoteCertificates: () => (der ? [der.buffer] : []), iceTransport: { getSelectedCandidatePair: () => (remote ? { remote } : null) } };
  return { getConfiguration: () => ({}), getTransceivers: () => [{ sender: { transport } }] } as unknown as RTCPeerConnection;
}

beforeEach(() => {
  trust = new FakeTrust();
  fresh = viewOf({});
  freshRoute = vi.fn(() => Promise.resolve(fresh));
  failed = vi.fn();
  leave = vi.fn();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an answer', () => {
  it('passes with its whole proof', async () => {
    const { sdp, proof } = await make().accept(answerOf('n_fra'), fra);
    expect(sdp).toBe(answerOf('n_fra'));
    expect(proof).toMatchObject({
      operatorKey: 'hash', keyOrigin: 'pinned', directoryVersion: 7, node: 'n_fra', region: 'eu-fra', nodeKey: 'k1', statement: 'signed',
      fingerprint: fingerprintOf('n_fra'), leftOut: 0, certificate: null, verdict: { region: 'eu-fra', allowed: true },
    });
  });

  it('without a node is nobody\'s', async () => {
    await expect(make().accept(answerOf('n_fra'), undefined)).rejects.toMatchObject({ code: 'node-unknown' });
  });

  it('of another node than the statement\'s fails', async () => {
    await expect(make().accept(answerOf('n_par'), fra)).rejects.toMatchObject({ code: 'fingerprint-mismatch' });
  });

  it('fails as its statement does', async () => {
    trust.doubts['n_fra'] = new RouteFailure('statement-expired');
    await expect(make().accept(answerOf('n_fra'), fra)).rejects.toMatchObject({ code: 'statement-expired' });
  });

  it('of a region outside the own fence fails, whatever the server says of the route', async () => {
    const guard = make({ deny: ['country:US'] });
    await expect(guard.accept(answerOf('n_nyc'), nyc)).rejects.toMatchObject({
      code: 'region-outside-fence', facts: { node: 'n_nyc', region: 'us-nyc', expected: 'participant: deny country:US' },
    });
    expect(freshRoute).not.toHaveBeenCalled();
  });

  it('of a region outside the meeting\'s or the operator\'s fence fails', async () => {
    const guard = make();
    fresh = viewOf({ allow: ['group:EEA'] });
    void guard.take(fresh);
    await expect(guard.accept(answerOf('n_nyc'), nyc)).rejects.toMatchObject({ facts: { expected: 'meeting: allow group:EEA' } });
    fresh = viewOf({}, { fence: { platform: { deny: ['operator:US'] }, regions: [] }, epoch: 2 });
    void guard.take(fresh);
    await expect(guard.accept(answerOf('n_nyc'), nyc)).rejects.toMatchObject({ facts: { expected: 'platform: deny operator:US' } });
  });

  it('that overtakes the news of a wider fence passes by a fresh look at the route', async () => {
    const guard = make();
    void guard.take(viewOf({ allow: ['group:EEA'] }));
    fresh = viewOf({ allow: ['group:EEA', 'country:US'] });
    expect((await guard.accept(answerOf('n_nyc'), nyc)).proof.verdict.allowed).toBe(true);
    expect(freshRoute).toHaveBeenCalledTimes(1);
  });

  it('fails when no fresh look is to be had', async () => {
    const guard = make();
    void guard.take(viewOf({ allow: ['group:EEA'] }));
    freshRoute.mockRejectedValue(new Error('down'));
    await expect(guard.accept(answerOf('n_nyc'), nyc)).rejects.toMatchObject({ code: 'region-outside-fence' });
  });

  it('of a region that serves only its own country needs everyone there, oneself too', async () => {
    const zrh = { id: 'n_zrh', region: 'ch-zrh', statement: 'signed' };
    const swiss = viewOf({}, { participants: [{ id: 'p_1', node: null, region: null, country: 'CH' }] });
    const guard = make();
    guard.joinedAs('p_own', 'CH');
    void guard.take(swiss);
    await guard.accept(answerOf('n_zrh'), zrh);
    for (const [place, country] of [['DE', 'CH'], ['CH', 'DE'], ['ZZ', 'CH']] as const) {
      fresh = viewOf({}, { participants: [{ id: 'p_1', node: null, region: null, country }] });
      const other = make();
      other.joinedAs('p_own', place);
      void other.take(fresh);
      await expect(other.accept(answerOf('n_zrh'), zrh)).rejects.toMatchObject({ facts: { expected: 'platform: servesOnly CH' } });
    }
  });

  it('remembers countries that a look over HTTP does not tell', async () => {
    const guard = make();
    void guard.take(viewOf({}, { participants: [{ id: 'p_1', node: null, region: null, country: 'DE' }] }));
    fresh = viewOf({}, { participants: [{ id: 'p_1', node: null, region: null }] });
    await expect(guard.accept(answerOf('n_zrh'), { id: 'n_zrh', region: 'ch-zrh', statement: 'signed' })).rejects.toMatchObject({ code: 'region-outside-fence' });
  });
});

describe('the connection really used', () => {
  const der = new Uint8Array([1, 2, 3]);
  const hash = '03:90:58:C6:F2:C0:CB:49:2C:53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:81';

  it('makes the route verified', async () => {
    const guard = make();
    const { proof } = await guard.accept(answerOf('n_fra'), fra);
    expect(guard.state.get()).toMatchObject({ state: 'checking', own: null });
    await guard.certify(connectionOf(der, { address: '192.0.2.1', port: 40000, protocol: 'udp' }), { ...proof, fingerprint: hash });
    expect(guard.state.get()).toMatchObject({ state: 'verified', own: { certificate: hash }, nodes: [{ id: 'n_fra', trust: 'verified' }], regions: [{ id: 'eu-fra', trust: 'verified' }] });
    guard.unproven();
    expect(guard.state.get()).toMatchObject({ state: 'checking', own: null });
  });

  it('must have the certificate of the proof', async () => {
    const guard = make();
    const { proof } = await guard.accept(answerOf('n_fra'), fra);
    await expect(guard.certify(connectionOf(der), proof)).rejects.toMatchObject({ code: 'fingerprint-mismatch', facts: { found: hash } });
    expect(guard.state.get().state).toBe('checking');
  });

  it('must lead to an address of the proof', async () => {
    const guard = make();
    const { proof } = await guard.accept(answerOf('n_fra'), fra);
    const elsewhere = connectionOf(null, { address: '198.51.100.9', port: 40000, protocol: 'udp' });
    await expect(guard.certify(elsewhere, proof)).rejects.toMatchObject({ code: 'candidate-foreign' });
  });

  it('is taken at the browser\'s word where the browser tells nothing', async () => {
    const guard = make();
    const { proof } = await guard.accept(answerOf('n_fra'), fra);
    await guard.certify({ getConfiguration: () => ({}), getTransceivers: () => [{ sender: { transport: null } }] } as unknown as RTCPeerConnection, proof);
    expect(guard.state.get()).toMatchObject({ state: 'verified', own: { certificate: null } });
  });
});

describe('the route as it is told', () => {
  const told = viewOf({}, {
    epoch: 5, nodes: [{ id: 'n_fra', region: 'eu-fra', statement: 's' }, { id: 'n_bad', region: 'eu-par', statement: 's' }, { id: 'n_par', region: 'eu-par', statement: null }],
  });

  it('is attested as far as the statements verify', async () => {
    const guard = make();
    await guard.take(told);
    expect(guard.state.get().nodes.map(({ id, trust, doubt }) => [id, trust, doubt])).toEqual([
      ['n_fra', 'attested', ''], ['n_bad', 'said', 'node-unknown'], ['n_par', 'said', ''],
    ]);
    await guard.take({ ...told, epoch: 6 });
    expect(trust.verified).toEqual(['n_fra', 'n_bad']);
  });

  it('is looked at again in time for the nodes\' next statements', async () => {
    vi.useFakeTimers();
    const guard = make();
    await guard.take({ ...told, participants: [{ id: 'p_1', node: 'n_fra', region: 'eu-fra', country: 'DE' }] });
    fresh = { ...told, nodes: [{ id: 'n_fra', region: 'eu-fra', statement: 'next' }], participants: [{ id: 'p_1', node: 'n_fra', region: 'eu-fra' }] };
    await vi.advanceTimersByTimeAsync(240_000);
    expect(guard.state.get()).toMatchObject({ nodes: [{ id: 'n_fra', statement: 'next', trust: 'attested' }], people: [{ country: 'DE' }] });
    await vi.advanceTimersByTimeAsync(240_000);
    expect(freshRoute).toHaveBeenCalledTimes(2);
    guard.close();
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(freshRoute).toHaveBeenCalledTimes(2);
  });

  it('loses what was attested by a statement that has expired without a next one', async () => {
    vi.useFakeTimers();
    const guard = make();
    await guard.take(told);
    freshRoute.mockRejectedValue(new Error('down'));
    vi.setSystemTime(5e12);
    trust.doubts['n_fra'] = new RouteFailure('statement-expired');
    await vi.advanceTimersByTimeAsync(240_000);
    expect(guard.state.get().nodes[0]).toMatchObject({ id: 'n_fra', trust: 'said', doubt: 'statement-expired' });
    guard.close();
  });

  it('never goes back, but for a new join', async () => {
    const guard = make();
    await guard.take(told);
    await guard.take({ ...told, epoch: 4 });
    expect(guard.state.get().view?.epoch).toBe(5);
    await guard.take({ ...told, epoch: 1 }, true);
    expect(guard.state.get().view?.epoch).toBe(1);
  });

  it('is evaluated by the client itself, beside what the server says', async () => {
    const guard = make({ deny: ['country:FR'] });
    const said = [{ id: 'eu-par', allowed: true, rule: 'default', scope: 'platform', reason: '' }];
    await guard.take(viewOf({ deny: ['country:US'] }, { fence: { deny: ['country:US'], regions: said } }));
    const { verdicts, saidVerdicts } = guard.state.get();
    expect(verdicts.map(({ region, allowed }) => [region, allowed])).toEqual([['eu-fra', true], ['eu-par', false], ['us-nyc', false], ['ch-zrh', true]]);
    expect(saidVerdicts).toMatchObject([{ region: 'eu-par', allowed: true }]);
  });
});

describe('a region that is outside the fence now', () => {
  const using = (fence: Geofence, epoch: number, region = 'us-nyc'): RouteView =>
    viewOf(fence, { epoch, participants: [{ id: 'p_2', node: 'n', region }] });

  it('may be left within the time that moving takes', async () => {
    vi.useFakeTimers();
    const guard = make();
    await guard.take(using({}, 1));
    await guard.take(using({ deny: ['country:US'] }, 2));
    expect(guard.state.get().regions).toMatchObject([{ id: 'us-nyc', outside: true }]);
    await vi.advanceTimersByTimeAsync(6000);
    await guard.take(using({ deny: ['country:US'] }, 3, 'eu-fra'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(failed).not.toHaveBeenCalled();
  });

  it('ends the session when it stays', async () => {
    vi.useFakeTimers();
    const guard = make({ deny: ['country:US'] });
    await guard.take(using({}, 1));
    await vi.advanceTimersByTimeAsync(4000);
    await guard.take(using({}, 2));
    await vi.advanceTimersByTimeAsync(4000);
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'region-outside-fence', facts: { region: 'us-nyc', expected: 'participant: deny country:US' } });
  });

  it('ends it also when it is the own one, although the server tells another', async () => {
    vi.useFakeTimers();
    const guard = make();
    const { proof } = await guard.accept(answerOf('n_nyc'), nyc);
    await guard.certify({ getConfiguration: () => ({}), getTransceivers: () => [] } as unknown as RTCPeerConnection, proof);
    await guard.take(using({ deny: ['country:US'] }, 2, 'eu-fra'));
    await vi.advanceTimersByTimeAsync(8000);
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ facts: { node: 'n_nyc', region: 'us-nyc' } });
  });

  it.each([{ home: 'us-nyc' }, undefined])('ends it also when it is only the home, told or not', async (view) => {
    vi.useFakeTimers();
    const guard = make({ deny: ['country:US'] }, 'us-nyc-x7k');
    if (view) await guard.take(viewOf({}, view));
    else await guard.certify({ getConfiguration: () => ({}), getTransceivers: () => [] } as unknown as RTCPeerConnection, (await guard.accept(answerOf('n_fra'), fra)).proof);
    await vi.advanceTimersByTimeAsync(8000);
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'region-outside-fence', facts: { region: 'us-nyc' } });
  });
});

describe('the own node outside the fence', () => {
  const own = async (fence: Geofence = {}): Promise<RouteGuard> => {
    const guard = make(fence);
    const { proof } = await guard.accept(answerOf('n_nyc'), nyc);
    await guard.certify({ getConfiguration: () => ({}), getTransceivers: () => [] } as unknown as RTCPeerConnection, proof);
    return guard;
  };
  const outByOwnEvaluation = viewOf({ deny: ['country:US'] }, { epoch: 2 });
  const outByTheServersWord = viewOf({}, { epoch: 2, fence: { regions: [{ id: 'us-nyc', allowed: false, rule: 'hidden', scope: 'participant', reason: '' }] } });

  it.each([['the own evaluation', outByOwnEvaluation], ['the server\'s word', outByTheServersWord]])('by %s is left after 5 s, whatever else is told', async (_name, view) => {
    vi.useFakeTimers();
    const guard = await own();
    await guard.take(view);
    await vi.advanceTimersByTimeAsync(3000);
    await guard.take({ ...view, epoch: 3 });
    await vi.advanceTimersByTimeAsync(1999);
    expect(leave).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(leave.mock.calls).toEqual([['n_nyc']]);
    guard.close();
  });

  it('is not left when the fence allows it again, or it has been left', async () => {
    vi.useFakeTimers();
    const guard = await own();
    await guard.take(outByOwnEvaluation);
    await vi.advanceTimersByTimeAsync(4000);
    await guard.take(viewOf({}, { epoch: 3 }));
    await vi.advanceTimersByTimeAsync(5000);
    await guard.take({ ...outByOwnEvaluation, epoch: 4 });
    guard.unproven();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(leave).not.toHaveBeenCalled();
    guard.close();
  });
});

describe('the home', () => {
  it('is the meeting id\'s: a server that names another is refused', async () => {
    const guard = make();
    expect(() => { guard.requireHome(viewOf({}, { home: 'eu-par' })); }).toThrow(expect.objectContaining({ code: 'home-mismatch', facts: { region: 'eu-fra', expected: 'eu-fra', found: 'eu-par' } }));
    guard.requireHome(viewOf({}));
    await guard.take(viewOf({}, { home: 'eu-par' }));
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'home-mismatch' });
    expect(guard.state.get().view).toBeNull();
  });
});
