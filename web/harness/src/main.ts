import { loopback } from './loopback';
import { Meeting } from './meeting';
import { starts } from './starts';

/** What tests call in the page. */
const harness = { loopback, starts, Meeting };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
