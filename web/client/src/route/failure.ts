/** The checks of the route, each with the code of its failure. */
export const failureCodes = [
  'operator-key-changed',
  'operator-key-not-invited',
  'directory-signature',
  'directory-old',
  'directory-expired',
  'directory-faulty',
  'node-unknown',
  'statement-signature',
  'statement-region',
  'statement-expired',
  'fingerprint-mismatch',
  'candidate-foreign',
  'region-outside-fence',
  'home-mismatch',
  'tunnel-unreachable',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What a failure is about, as far as it applies: for the words of a page and for its small print. */
export interface FailureFacts {
  readonly node?: string;
  readonly region?: string;
  /** What it should have been. */
  readonly expected?: string;
  /** What it was. */
  readonly found?: string;
}

/** A check of the route failed. The connection it concerns ends; trying again with the same server does not help. */
export class RouteFailure extends Error {
  override readonly name = 'RouteFailure';

  constructor(
    readonly code: FailureCode,
    readonly facts: FailureFacts = {},
  ) {
    super(code);
  }
}
