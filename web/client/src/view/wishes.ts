import { mostVideoSlots } from '../peer/pool';
import type { Wish } from '../signalling/messages';

/** A tile on the screen now. */
export interface ShownTile {
  readonly participant: string;
  /** CSS pixels. */
  readonly height: number;
}

/** Heights are asked in steps, so that dragging a window's edge is not a stream of messages. */
const heightStep = 20;
const tallest = 2160;

/**
 * The pictures to ask for, most wanted first: the dominant speaker, then the larger tiles, then the order on the screen.
 * A hidden page wants none.
 */
export function wishesFor(
  tiles: readonly ShownTile[],
  options: { readonly dominant: string | null; readonly pixelRatio: number; readonly hidden: boolean },
): Wish[] {
  if (options.hidden) return [];
  const rank = (tile: ShownTile): number => (tile.participant === options.dominant ? 1 : 0);
  return tiles
    .filter((tile) => tile.height > 0)
    .sort((a, b) => rank(b) - rank(a) || b.height - a.height)
    .slice(0, mostVideoSlots)
    .map(({ participant, height }) => ({
      participant,
      source: 'camera',
      height: Math.min(tallest, Math.ceil((height * options.pixelRatio) / heightStep) * heightStep),
    }));
}

export function sameWishes(a: readonly Wish[], b: readonly Wish[]): boolean {
  return (
    a.length === b.length &&
    a.every((wish, i) => wish.participant === b[i]?.participant && wish.height === b[i].height && wish.source === b[i].source)
  );
}
