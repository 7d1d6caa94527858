import { toBase64Url } from '../route/base64url';
import type { Bytes } from './bytes';

/** The key by which others recognise this browser from meeting to meeting. Its private half cannot be read out, not even by this page. */
export interface DeviceIdentity {
  /** P-256, uncompressed point, base64url. */
  readonly publicKey: string;
  /** `browser`: it outlives the tab. `tab`: the browser refuses to store it (private mode, say), so others see a new device each time; to be said to the person. */
  readonly lasts: 'browser' | 'tab';
  /** ECDSA with SHA-256, 64 bytes (IEEE P1363). */
  sign(data: Bytes): Promise<Bytes>;
}

const databaseName = 'parley-device';
const storeName = 'keys';
const keyName = 'identity';

/** The identity of this browser, made where there is none yet; one for this tab alone where the browser stores nothing. */
export async function openDeviceIdentity(factory: IDBFactory | undefined = storage()): Promise<DeviceIdentity> {
  if (factory) {
    try {
      return await identityOf(await storedPair(factory), 'browser');
    } catch {
      // Refused (private mode, a full disk, a policy) or broken: see below.
    }
  }
  return identityOf(await newPair(), 'tab');
}

/** Deletes it: the next meeting begins with a new one, and whoever compared codes with this device sees that it changed. */
export async function deleteDeviceIdentity(factory: IDBFactory | undefined = storage()): Promise<void> {
  if (!factory) return;
  await new Promise<void>((done, failed) => {
    const request = factory.deleteDatabase(databaseName);
    request.onsuccess = (): void => done();
    request.onerror = (): void => failed(new Error('the browser did not delete the device key', { cause: request.error }));
  });
}

/** Reading the global throws in some private modes. */
function storage(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

function newPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

async function identityOf(pair: CryptoKeyPair, lasts: 'browser' | 'tab'): Promise<DeviceIdentity> {
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    publicKey: toBase64Url(point),
    lasts,
    sign: async (data) => new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data)),
  };
}

async function storedPair(factory: IDBFactory): Promise<CryptoKeyPair> {
  const database = await open(factory);
  try {
    const known = await read(database);
    if (known) return known;
    // A transaction ends while a key is being made, so another tab may be first: then its key counts.
    const fresh = await newPair();
    return await addOrRead(database, fresh);
  } finally {
    database.close();
  }
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = factory.open(databaseName, 1);
    request.onupgradeneeded = (): void => void request.result.createObjectStore(storeName);
    request.onsuccess = (): void => {
      const database = request.result;
      database.onversionchange = (): void => database.close();
      done(database);
    };
    request.onerror = (): void => failed(new Error('the browser stores nothing', { cause: request.error }));
    request.onblocked = (): void => failed(new Error('another tab holds the store'));
  });
}

function read(database: IDBDatabase): Promise<CryptoKeyPair | undefined> {
  return settled(database, 'readonly', (store) => store.get(keyName) as IDBRequest<CryptoKeyPair | undefined>);
}

async function addOrRead(database: IDBDatabase, fresh: CryptoKeyPair): Promise<CryptoKeyPair> {
  const kept = await settled(database, 'readwrite', (store) => {
    const earlier = store.get(keyName) as IDBRequest<CryptoKeyPair | undefined>;
    earlier.onsuccess = (): void => void (earlier.result ?? store.put(fresh, keyName));
    return earlier;
  });
  return kept ?? fresh;
}

/** The request's result once its transaction is done, and thus stored. */
function settled<T>(database: IDBDatabase, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    const transaction = database.transaction(storeName, mode);
    const request = ask(transaction.objectStore(storeName));
    transaction.oncomplete = (): void => done(request.result);
    transaction.onabort = (): void => failed(new Error('the browser stores nothing', { cause: transaction.error }));
  });
}
