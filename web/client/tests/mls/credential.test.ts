// @vitest-environment node
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { Authentication } from '../../src/mls/authentication';
import { utf8 } from '../../src/mls/bytes';
import { checkCredential, makeCredential, type CredentialScope } from '../../src/mls/credential';
import { ComparedDevices } from '../../src/mls/comparedDevices';
import { deleteDeviceIdentity, openDeviceIdentity } from '../../src/mls/deviceIdentity';
import { MlsGroup } from '../../src/mls/group';
import { makeKeyPackages } from '../../src/mls/keyPackages';
import { MeetingSecret, newMeetingSecret } from '../../src/mls/meetingSecret';
import { loadSuite } from '../../src/mls/suites';
import { foundedBy, noneSpent, only, packagesFor, scopeOf, secretFrom } from './support/people';

const key = new Uint8Array(32).fill(7);

describe('a credential', () => {
  it('says whose leaf it is, and holds for its key, meeting, generation and participant alone', async () => {
    const device = await openDeviceIdentity(undefined);
    const scope = scopeOf();
    const made = await makeCredential(scope, 'ada', device, key);
    expect(await checkCredential(scope, made, key)).toEqual({ participant: 'ada', device: device.publicKey });
    expect(await checkCredential(scope, made, new Uint8Array(32))).toBe('credential-invalid');
    expect(await checkCredential({ ...scope, generation: 2 }, made, key)).toBe('credential-invalid');
    expect(await checkCredential({ ...scope, meeting: 'eu-fra.other' }, made, key)).toBe('credential-invalid');
    const renamed = utf8(new TextDecoder().decode(made).replace('"ada"', '"ben"'));
    expect(await checkCredential(scope, renamed, key)).toBe('credential-invalid');
  });

  it('proves the meeting secret where there is one', async () => {
    const device = await openDeviceIdentity(undefined);
    const scope = scopeOf(await secretFrom());
    const wrong = scopeOf(await secretFrom('BBBBBBBBBBBBBBBBBBBBBA'));
    expect(await checkCredential(scope, await makeCredential(scope, 'ada', device, key), key)).toMatchObject({ participant: 'ada' });
    expect(await checkCredential(scope, await makeCredential(wrong, 'ada', device, key), key)).toBe('secret-wrong');
    expect(await checkCredential(scope, await makeCredential(scopeOf(), 'ada', device, key), key)).toBe('secret-wrong');
  });

  it.each(['', '{}', '[]', 'null', '{"v":1}', '{"v":2,"participant":"a","device":"x","sig":"y"}', '{"v":1,"participant":"","device":"","sig":""}', `{"v":1,"participant":"${'a'.repeat(2000)}","device":"x","sig":"y"}`])(
    'that is malformed counts for nothing: %.40s', async (text) => {
      expect(await checkCredential(scopeOf(), utf8(text), key)).toBe('credential-invalid');
      expect(await checkCredential(scopeOf(), new Uint8Array([0xff, 0xfe, ...utf8(text)]), key)).toBe('credential-invalid');
    });
});

describe('the authentication service', () => {
  it('refuses what the library alone would accept', async () => {
    const authentication = new Authentication(scopeOf());
    expect(await authentication.validateCredential({ credentialType: 'basic', identity: utf8('anybody') }, key)).toBe(false);
    expect(await authentication.validateCredential({ credentialType: 'x509', certificates: [] }, key)).toBe(false);
  });

  it('is asked by the group: newcomer, committer and tree with a wrong credential are refused', async () => {
    const secret = scopeOf(await secretFrom());
    const other = scopeOf(await secretFrom('BBBBBBBBBBBBBBBBBBBBBA'));
    const group = await foundedBy('ada', secret);
    const stranger = await packagesFor('ben', other);
    await expect(group.readKeyPackage(stranger.encoded)).rejects.toMatchObject({ fault: 'secret-wrong' });
    // A group whose members do not prove this link's secret is not joined.
    const lure = await foundedBy('mallory', scopeOf());
    const ben = await packagesFor('ben', secret);
    const pending = await lure.commit([only(ben.bySuite).shown], []).catch(() => null);
    expect(pending).toBeTruthy();
    await expect(MlsGroup.join(secret, [ben], pending?.welcome ?? new Uint8Array(), pending?.tree ?? new Uint8Array(), noneSpent)).rejects.toMatchObject({ name: 'GroupError' });
  });

  it('lets nobody take another generation’s or meeting’s group for its own', async () => {
    const scope: CredentialScope = scopeOf();
    const group = await foundedBy('ada', scope);
    const ben = await packagesFor('ben', scope);
    const { keyPackage } = await group.readKeyPackage(ben.encoded);
    const pending = await group.commit([keyPackage], []);
    const { welcome, tree } = pending;
    if (!welcome || !tree) throw new Error('no welcome');
    await expect(MlsGroup.join({ ...scope, generation: 2 }, [ben], welcome, tree, noneSpent)).rejects.toMatchObject({ fault: 'invalid' });
    await expect(MlsGroup.join(scope, [ben], welcome, tree.subarray(0, tree.length - 3), noneSpent)).rejects.toMatchObject({ fault: 'malformed' });
    expect((await MlsGroup.join(scope, [ben], welcome, tree, noneSpent)).epoch).toBe(1);
  });
});

describe('the meeting secret', () => {
  it('is 16 random bytes, and a damaged one is none', async () => {
    const text = newMeetingSecret();
    expect(text).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(newMeetingSecret()).not.toBe(text);
    expect(await MeetingSecret.open(text, 'm')).toBeInstanceOf(MeetingSecret);
    for (const damaged of ['', text.slice(1), `${text}A`, '!'.repeat(22)]) expect(await MeetingSecret.open(damaged, 'm')).toBeNull();
  });
});

describe('the device identity', () => {
  it('stays the same in one browser, cannot be read out, and can be deleted', async () => {
    const factory = new IDBFactory();
    const first = await openDeviceIdentity(factory);
    expect(first.lasts).toBe('browser');
    expect((await openDeviceIdentity(factory)).publicKey).toBe(first.publicKey);
    const twice = new IDBFactory();
    const [one, two] = await Promise.all([openDeviceIdentity(twice), openDeviceIdentity(twice)]);
    expect(one.publicKey).toBe(two.publicKey);
    await deleteDeviceIdentity(factory);
    expect((await openDeviceIdentity(factory)).publicKey).not.toBe(first.publicKey);
  });

  it('keeps its private half where nobody can export it', async () => {
    const factory = new IDBFactory();
    await openDeviceIdentity(factory);
    const database = await new Promise<IDBDatabase>((done) => {
      const request = factory.open('parley-device', 1);
      request.onsuccess = () => done(request.result);
    });
    const pair = await new Promise<CryptoKeyPair>((done) => {
      const request = database.transaction('keys').objectStore('keys').get('identity') as IDBRequest<CryptoKeyPair>;
      request.onsuccess = () => done(request.result);
    });
    expect(pair.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow();
  });

  it.each([
    ['throws', { open: () => { throw new DOMException('denied', 'SecurityError'); } }],
    ['fails', { open: () => { const request = { error: new DOMException('denied'), onerror: (): unknown => undefined }; queueMicrotask(() => request.onerror()); return request; } }],
  ])('lasts for the tab where storage %s, and says so', async (_, factory) => {
    const device = await openDeviceIdentity(factory as unknown as IDBFactory);
    expect(device.lasts).toBe('tab');
    const suite = await loadSuite('classic');
    expect((await makeKeyPackages(scopeOf(), 'ada', device, [suite])).encoded.length).toBeGreaterThan(300);
  });
});

describe('marks of compared devices', () => {
  it('last, belong to one key, and are kept for the page where nothing can be stored', async () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
    const [ada, ben] = [(await openDeviceIdentity(undefined)).publicKey, (await openDeviceIdentity(undefined)).publicKey];
    await new ComparedDevices(storage).mark(ada);
    const later = new ComparedDevices(storage);
    expect([await later.isCompared(ada), await later.isCompared(ben)]).toEqual([true, false]);
    expect(JSON.stringify([...kept])).not.toContain(ada);
    await later.unmark(ada);
    expect(await later.isCompared(ada)).toBe(false);
    kept.set('parley.compared', '{broken');
    expect(await later.isCompared(ada)).toBe(false);
    const refused = new ComparedDevices({ ...storage, getItem: () => { throw new Error('denied'); }, setItem: () => { throw new Error('denied'); } });
    await refused.mark(ben);
    expect(await refused.isCompared(ben)).toBe(true);
  });
});
