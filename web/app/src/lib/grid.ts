export interface GridShape {
  readonly columns: number;
  readonly rows: number;
  /** Of a tile, whole CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Shape {
  /** Width by height; a tile is never narrower than this ... */
  readonly narrowest: number;
  /** ... nor wider than this. */
  readonly widest: number;
}

/** What cameras send. */
export const pictureShape: Shape = { narrowest: 16 / 9, widest: 16 / 9 };

/** On upright screens tiles may lose their sides, up to a square, to use the height. */
export const uprightShape: Shape = { narrowest: 1, widest: 16 / 9 };

/**
 * The best rows x columns for `count` tiles in a window: the one whose tiles are largest; with equal tiles, the one with
 * the fewest empty places.
 */
export function bestGrid(count: number, width: number, height: number, gap: number, shape: Shape = pictureShape): GridShape {
  let best: GridShape = { columns: 1, rows: Math.max(1, count), width: 0, height: 0 };
  let bestEmpty = Infinity;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    if (cellWidth < 1 || cellHeight < 1) continue;
    const ratio = Math.min(shape.widest, Math.max(shape.narrowest, cellWidth / cellHeight));
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * ratio));
    const tileHeight = Math.floor(Math.min(cellHeight, cellWidth / ratio));
    const empty = rows * columns - count;
    const area = tileWidth * tileHeight;
    const bestArea = best.width * best.height;
    if (area > bestArea || (area === bestArea && empty < bestEmpty)) {
      best = { columns, rows, width: tileWidth, height: tileHeight };
      bestEmpty = empty;
    }
  }
  return best;
}

/** Most tiles on one page; beyond, there are pages. */
export const mostTiles = 25;
const smallestWidth = 132;

/** How many tiles fit on a page without becoming too small to see a face in. */
export function tilesPerPage(count: number, width: number, height: number, gap: number, shape: Shape = pictureShape): number {
  let tiles = Math.min(count, mostTiles);
  while (tiles > 1 && bestGrid(tiles, width, height, gap, shape).width < smallestWidth) tiles--;
  return Math.max(1, tiles);
}

export interface PairShape {
  readonly other: { readonly width: number; readonly height: number };
  readonly own: { readonly width: number; readonly height: number };
}

const ownShare = 0.19;
const ownWidths = { least: 150, most: 300 };

/**
 * Two people in a wide window: the other large, the own picture small beside it. Null where two equal tiles would show the
 * other as large, or nearly.
 */
export function pairLayout(width: number, height: number, gap: number): PairShape | null {
  const ownWidth = Math.round(Math.min(ownWidths.most, Math.max(ownWidths.least, width * ownShare)));
  const other = bestGrid(1, width - ownWidth - gap, height, gap);
  if (other.width < bestGrid(2, width, height, gap).width * 1.15) return null;
  return {
    other: { width: other.width, height: other.height },
    own: { width: ownWidth, height: Math.floor((ownWidth * 9) / 16) },
  };
}
