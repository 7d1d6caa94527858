import type { Memory } from '@parley/client';

const prefix = 'parley.';

/** Choices that outlive the page. A browser that forbids storage forgets them, nothing else. */
export const memory: Memory = {
  read(key) {
    try {
      return localStorage.getItem(prefix + key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(prefix + key, value);
    } catch {
      // Forgetting is all that happens.
    }
  },
};

/** This tab's storage, or nothing where the browser forbids it. */
export function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
