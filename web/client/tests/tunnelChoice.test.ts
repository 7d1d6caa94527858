// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tunnelHosts, tunnelWay, type TunnelWay } from '../src/peer/tunnel';
import { TunnelChoice } from '../src/session/tunnelChoice';
import { statementOf, tunnelUrl } from './fakes/fakeTrust';

const pass = { urls: [tunnelUrl], username: '1:m:p', credential: 'c', expires: 1 };
const statement = statementOf('n_fra', 'eu-fra');

describe('tunnelWay', () => {
  it('takes the servers of the statement, with the credentials of the answer', () => {
    const way = tunnelWay(pass, statement, 1000);
    expect(way).toEqual({ node: 'n_fra', servers: [{ urls: [tunnelUrl], username: '1:m:p', credential: 'c' }], until: 271_000 });
    expect(way && tunnelHosts(way)).toBe('tunnel.example.org:443');
  });

  it('takes no server that the statement does not name, and none by UDP', () => {
    const forged = 'turns:evil.example.org:443?transport=tcp';
    expect(tunnelWay({ ...pass, urls: [forged] }, statement, 0)).toBeNull();
    expect(tunnelWay({ ...pass, urls: [forged, tunnelUrl] }, statement, 0)?.servers[0]?.urls).toEqual([tunnelUrl]);
    const loose = ['turn:tunnel.example.org:443', 'turn:tunnel.example.org:443?transport=udp', 'stun:tunnel.example.org:443', 'turns:a@b:443?transport=tcp'];
    expect(tunnelWay({ ...pass, urls: loose }, { ...statement, tunnels: loose }, 0)).toBeNull();
  });

  it('is nothing without a pass or without a tunnel', () => {
    expect(tunnelWay(undefined, statement, 0)).toBeNull();
    expect(tunnelWay(pass, { ...statement, tunnels: [] }, 0)).toBeNull();
  });
});

describe('TunnelChoice', () => {
  const retry = vi.fn<() => void>();
  const unreachable = vi.fn<(way: TunnelWay | null) => void>();
  const through = (): boolean => false;
  let choice: TunnelChoice;
  const fresh = (node = 'n_fra'): TunnelWay => ({ node, servers: [], until: performance.now() + 270_000 });

  beforeEach(() => {
    vi.useFakeTimers();
    retry.mockReset();
    unreachable.mockReset();
    choice = new TunnelChoice({ retry, unreachable });
  });
  afterEach(() => {
    choice.stop();
    vi.useRealTimers();
  });

  /** A direct connection that does not come up. */
  function failDirectly(way = fresh()): TunnelWay {
    expect(choice.next()).toBeNull();
    choice.answered(way, through);
    vi.advanceTimersByTime(4000);
    return way;
  }

  it('takes the tunnel when nothing has come through in four seconds', () => {
    expect(choice.next()).toBeNull();
    const way = fresh();
    choice.answered(way, through);
    vi.advanceTimersByTime(3999);
    expect(retry).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(retry).toHaveBeenCalledOnce();
    expect(choice.next()).toBe(way);
  });

  it('waits on when packets get through and only the handshake takes time', () => {
    choice.next();
    choice.answered(fresh(), () => true);
    vi.advanceTimersByTime(20_000);
    expect(retry).not.toHaveBeenCalled();
  });

  it('stays direct where that works, and where the node has no tunnel', () => {
    choice.next();
    choice.answered(fresh(), through);
    choice.up(false);
    vi.advanceTimersByTime(60_000);
    expect(choice.next()).toBeNull();
    choice.answered(null, through);
    vi.advanceTimersByTime(60_000);
    expect(retry).not.toHaveBeenCalled();
  });

  it('remembers a tunnel that worked', () => {
    failDirectly();
    choice.next();
    const way = fresh();
    choice.answered(way, through);
    choice.up(true);
    expect(choice.next()).toBe(way);
  });

  it('fetches another pass when the one it has is too old, without waiting again', () => {
    failDirectly();
    choice.next();
    choice.answered(fresh(), through);
    choice.up(true);
    vi.advanceTimersByTime(300_000);
    retry.mockReset();
    expect(choice.next()).toBeNull();
    const way = fresh();
    choice.answered(way, through);
    vi.advanceTimersByTime(0);
    expect(retry).toHaveBeenCalledOnce();
    expect(choice.next()).toBe(way);
  });

  it('tries directly again after a tunnel that did not work', () => {
    failDirectly();
    expect(choice.next()).not.toBeNull();
    choice.answered(fresh(), through);
    expect(choice.next()).toBeNull();
  });

  it('never takes the tunnel of a node that is being left, and that of the next one at once', () => {
    failDirectly();
    choice.next();
    choice.answered(fresh(), through);
    choice.up(true);
    choice.forget();
    expect(choice.next()).toBeNull();
    retry.mockReset();
    const next = fresh('n_par');
    choice.answered(next, through);
    vi.advanceTimersByTime(0);
    expect(retry).toHaveBeenCalledOnce();
    expect(choice.next()).toBe(next);
  });

  it('changes to the tunnel of the node that answers, when it is another than expected', () => {
    failDirectly();
    choice.next();
    choice.answered(fresh(), through);
    choice.up(true);
    expect(choice.next()?.node).toBe('n_fra');
    retry.mockReset();
    choice.answered(fresh('n_par'), through);
    vi.advanceTimersByTime(0);
    expect(retry).toHaveBeenCalledOnce();
    expect(choice.next()?.node).toBe('n_par');
  });

  it('gives up only when nothing has ever worked', () => {
    const way = failDirectly();
    vi.advanceTimersByTime(25_999);
    expect(unreachable).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(unreachable).toHaveBeenCalledExactlyOnceWith(way);

    choice.up(false);
    choice.next();
    choice.answered(fresh(), through);
    vi.advanceTimersByTime(120_000);
    expect(unreachable).toHaveBeenCalledOnce();
  });
});
