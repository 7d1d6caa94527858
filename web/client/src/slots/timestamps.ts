/** Whether the 32-bit RTP timestamp `value` is at or after `reference`, across the wrap (RFC 3550 section 5.1). */
export function isAtOrAfter(value: number, reference: number): boolean {
  return ((value - reference) | 0) >= 0;
}
