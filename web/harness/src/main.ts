import { loopback } from './loopback';
import { Meeting } from './meeting';

/** What tests call in the page. */
const harness = { loopback, Meeting };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
