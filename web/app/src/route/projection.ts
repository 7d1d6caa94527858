/**
 * The map's flat earth: equirectangular with its true scale at about 37 degrees, where most people live; a plain
 * stretch, so the land's path needs no computing in the page. Units are those of the land's path.
 */
export const world = { width: 1920, height: 930 } as const;

/** The map ends where land does that people live on. */
export const northernmost = 83.5;
export const southernmost = -56;
const stretch = 1.25;
const unitsPerDegree = world.width / 360;

export interface Spot {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function project({ latitude, longitude }: Spot): Point {
  return { x: (longitude + 180) * unitsPerDegree, y: (northernmost - latitude) * unitsPerDegree * stretch };
}
