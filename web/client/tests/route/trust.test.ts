import { beforeEach, describe, expect, it, vi } from 'vitest';
import vectors from '../../../../tests/vectors/route-proof.json';
import { Pins } from '../../src/route/pins';
import { DirectoryTrust, type TrustOptions } from '../../src/route/trust';
import { UnreachableError } from '../../src/signalling/problem';

const origin = 'https://fra.example.org';
const named = (name: string): string => vectors.directories.find((one) => one.name === name)?.signed ?? '';
const statement = (name: string): { id: string; region: string; statement: string } => {
  const found = vectors.statements.find((one) => one.name === name);
  return { id: found?.node ?? '', region: found?.region ?? '', statement: found?.statement ?? '' };
};

let pins: Pins;
let fetch: ReturnType<typeof vi.fn<TrustOptions['fetch']>>;
const make = (options: Partial<TrustOptions> = {}): DirectoryTrust =>
  new DirectoryTrust({ origin, fetch, pins, invited: null, now: () => vectors.now, ...options });

beforeEach(() => {
  localStorage.clear();
  pins = new Pins(localStorage);
  fetch = vi.fn(() => Promise.resolve({ signed: named('sound'), operatorKey: vectors.operatorKey }));
});

describe('the operator key', () => {
  it('is pinned at first sight, and known from then on', async () => {
    const first = make();
    await first.load();
    expect(first.state.get()).toMatchObject({ keyOrigin: 'first-use', operatorKey: vectors.operatorKeyHash, directory: { version: 5 } });
    expect(pins.find(origin)).toEqual({ operatorKey: vectors.operatorKeyHash, version: 5 });
    const second = make();
    await second.load();
    expect(second.state.get().keyOrigin).toBe('pinned');
  });

  it('must be the one that was pinned', async () => {
    pins.keep(origin, { operatorKey: 'another', version: 1 });
    const trust = make();
    await expect(trust.load()).rejects.toMatchObject({ code: 'operator-key-changed', facts: { expected: 'another', found: vectors.operatorKeyHash } });
    expect(trust.state.get()).toMatchObject({ directory: null, failure: { code: 'operator-key-changed' } });
    trust.forgetPin();
    await trust.load();
    expect(trust.state.get()).toMatchObject({ keyOrigin: 'first-use', failure: null });
  });

  it('must be the one that the link carries, also when it is pinned', async () => {
    await make().load();
    await expect(make({ invited: 'another' }).load()).rejects.toMatchObject({ code: 'operator-key-not-invited' });
    const invited = make({ invited: vectors.operatorKeyHash });
    await invited.load();
    expect(invited.state.get().keyOrigin).toBe('invited');
  });

  it('is not pinned when the directory is not signed by it', async () => {
    fetch.mockResolvedValue({ signed: named("another operator's"), operatorKey: vectors.operatorKey });
    await expect(make().load()).rejects.toMatchObject({ code: 'directory-signature' });
    expect(pins.find(origin)).toBeNull();
  });

  it.each(['', 'nonsense!', 'AAAA'])('is refused when it is no key: %j', async (operatorKey) => {
    fetch.mockResolvedValue({ signed: named('sound'), operatorKey });
    await expect(make().load()).rejects.toMatchObject({ code: 'directory-signature' });
  });

  it('counts per visit where the browser keeps nothing', async () => {
    const forbidden = { getItem: () => { throw new Error('no'); }, setItem: () => { throw new Error('no'); }, removeItem: () => { throw new Error('no'); } };
    const trust = make({ pins: new Pins(forbidden) });
    await trust.load();
    expect(trust.state.get().keyOrigin).toBe('first-use');
  });
});

describe('the directory', () => {
  it('is fetched once', async () => {
    const trust = make();
    await Promise.all([trust.load(), trust.load(), trust.verify(statement('sound'))]);
    await trust.load();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is never older than one seen in this browser', async () => {
    pins.keep(origin, { operatorKey: vectors.operatorKeyHash, version: 6 });
    await expect(make().load()).rejects.toMatchObject({ code: 'directory-old', facts: { expected: '6', found: '5' } });
  });

  it('is fetched again when it has expired, and a network without it is no failed check', async () => {
    let now = vectors.now;
    const trust = make({ now: () => now });
    await trust.load();
    now += 2000;
    fetch.mockResolvedValue({ signed: named('without an end'), operatorKey: vectors.operatorKey });
    await trust.load();
    expect(fetch).toHaveBeenCalledTimes(2);
    const other = make();
    fetch.mockRejectedValue(new UnreachableError('down'));
    await expect(other.load()).rejects.toBeInstanceOf(UnreachableError);
    expect(other.state.get().failure).toBeNull();
  });

  it('is fetched again for a node that it does not name, but not again and again', async () => {
    const trust = make();
    await trust.load();
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    await expect(trust.verify(statement('a node that the directory does not list'))).rejects.toMatchObject({ code: 'node-unknown' });
    await expect(trust.verify(statement('a node that the directory does not list'))).rejects.toMatchObject({ code: 'node-unknown' });
    expect(fetch).toHaveBeenCalledTimes(2);
    later.mockRestore();
  });

  it('is not fetched again for a statement that has expired', async () => {
    const trust = make();
    await trust.load();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    await expect(trust.verify(statement('expired'))).rejects.toMatchObject({ code: 'statement-expired' });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
