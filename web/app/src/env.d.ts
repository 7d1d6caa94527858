declare module 'virtual:land' {
  /** An SVG path in the units of route/projection.ts. */
  export const land: string;
  /** The middle of each country by its ISO 3166-1 alpha-2 code: [latitude, longitude]. */
  export const centres: Readonly<Record<string, readonly [number, number]>>;
}
