import type { MapView } from './mapView';
import type { Point } from './projection';

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly at: Point;
  /** How far from `at` the text begins. */
  readonly gap: number;
}

export interface PlacedLabel {
  readonly id: string;
  readonly text: string;
  /** The text's middle. */
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An average letter, as a share of the font's size. */
const letterWidth = 0.66;
const lineHeight = 1.15;

/**
 * Puts each text above, below, beside or aslant of its point, the first wishes first, so that none covers another, a dot or
 * the edge, and no line where that can be avoided. A text without room is left out: the list beside the map says the same.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  dots: readonly Point[],
  lines: readonly Point[],
  view: MapView,
  size: number,
): PlacedLabel[] {
  const taken = dots.map((dot) => around(dot, size, size));
  const crossed = lines.map((point) => around(point, size * 0.3, size * 0.3));
  const placed: PlacedLabel[] = [];
  for (const { id, text, at, gap } of wishes) {
    const [width, height] = [text.length * size * letterWidth, size * lineHeight];
    const free = placesAround(at, gap, width, height)
      .map((place) => ({ place, box: around(place, width, height) }))
      .filter(({ box }) => inside(box, view) && !taken.some((other) => meet(box, other)));
    const best = free.find(({ box }) => !crossed.some((other) => meet(box, other))) ?? free[0];
    if (!best) continue;
    taken.push(best.box);
    placed.push({ id, text, ...best.place });
  }
  return placed;
}

function placesAround({ x, y }: Point, gap: number, width: number, height: number): Point[] {
  const [sideways, upright] = [gap + width / 2, gap + height / 2];
  const [right, left, up, down] = [x + width / 2, x - width / 2, y - upright, y + upright];
  return [
    { x, y: up }, { x, y: down }, { x: x + sideways, y }, { x: x - sideways, y },
    { x: right, y: up }, { x: left, y: up }, { x: right, y: down }, { x: left, y: down },
  ];
}

function around({ x, y }: Point, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (box: Box, view: MapView): boolean =>
  box.left >= view.x && box.right <= view.x + view.width && box.top >= view.y && box.bottom <= view.y + view.height;
