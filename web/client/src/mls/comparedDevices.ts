import { fromBase64Url, toBase64Url } from '../route/base64url';
import type { PinStorage } from '../route/pins';
import { sha256 } from './bytes';

const key = 'parley.compared';
const most = 500;

/**
 * The devices with whose owners this person has compared the security code. A mark belongs to the device key: another device, or one whose
 * key was deleted, has none. A browser that forbids storage keeps marks as long as the page.
 */
export class ComparedDevices {
  private memory: readonly string[] = [];

  constructor(private readonly storage: PinStorage | null) {}

  async isCompared(device: string): Promise<boolean> {
    return this.read().includes(await printOf(device));
  }

  async mark(device: string): Promise<void> {
    const print = await printOf(device);
    this.write([...this.read().filter((one) => one !== print), print].slice(-most));
  }

  async unmark(device: string): Promise<void> {
    const print = await printOf(device);
    this.write(this.read().filter((one) => one !== print));
  }

  private read(): readonly string[] {
    try {
      const value: unknown = JSON.parse(this.storage?.getItem(key) ?? 'null');
      return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : this.memory;
    } catch {
      return this.memory;
    }
  }

  private write(prints: readonly string[]): void {
    this.memory = prints;
    try {
      this.storage?.setItem(key, JSON.stringify(prints));
    } catch {
      // The page remembers it as long as it lives.
    }
  }
}

/** SHA-256 of the device key, so that the list tells nobody the keys. */
async function printOf(device: string): Promise<string> {
  return toBase64Url(await sha256(fromBase64Url(device) ?? new Uint8Array()));
}
