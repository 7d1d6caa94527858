import { world, type Point } from './projection';

/** The part of the map that is shown, in its units. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Closer than this the coast's corners would show. */
const narrowest = 280;
/** Room around the outermost points, as a share of their extent, and at least so much. */
const margin = { share: 0.2, least: 45 };

/** The smallest view of the given shape (width by height) that shows all points with room around them; the world where there are none. */
export function viewAround(points: readonly Point[], shape: number): MapView {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right] = points.length > 0 ? [Math.min(...xs), Math.max(...xs)] : [0, world.width];
  const [top, bottom] = points.length > 0 ? [Math.min(...ys), Math.max(...ys)] : [0, world.height];
  const room = (extent: number): number => extent + 2 * Math.max(margin.least, extent * margin.share);
  const wanted = Math.max(narrowest, room(right - left), room(bottom - top) * shape);
  const width = Math.min(world.width, wanted);
  const height = width / shape;
  return {
    x: clamp((left + right - width) / 2, 0, world.width - width),
    // A view higher than the world has sea above and below.
    y: height > world.height ? (world.height - height) / 2 : clamp((top + bottom - height) / 2, 0, world.height - height),
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
