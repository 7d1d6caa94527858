// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { bestGrid, mostTiles, pairLayout, pictureShape, tilesPerPage, uprightShape } from '../src/lib/grid';

const windows = [
  [1248, 600],
  [1888, 900],
  [374, 640],
  [640, 300],
  [900, 900],
] as const;
const gap = 8;

describe('bestGrid', () => {
  for (const [width, height] of windows) {
    it(`fits 1 to 49 tiles into ${String(width)} x ${String(height)}, whole and in shape`, () => {
      for (let count = 1; count <= 49; count++) {
        for (const shape of [pictureShape, uprightShape]) {
          const grid = bestGrid(count, width, height, gap, shape);
          expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
          expect(grid.columns * grid.width + (grid.columns - 1) * gap).toBeLessThanOrEqual(width);
          expect(grid.rows * grid.height + (grid.rows - 1) * gap).toBeLessThanOrEqual(height);
          const onePixel = 1.5 / grid.height;
          expect(grid.width / grid.height).toBeGreaterThan(shape.narrowest - onePixel * 2);
          expect(grid.width / grid.height).toBeLessThan(shape.widest + onePixel * 2);
        }
      }
    });

    it(`finds no smaller tiles than any other number of columns would give in ${String(width)} x ${String(height)}`, () => {
      for (let count = 1; count <= 49; count++) {
        const { width: found } = bestGrid(count, width, height, gap);
        for (let columns = 1; columns <= count; columns++) {
          const rows = Math.ceil(count / columns);
          const byWidth = (width - gap * (columns - 1)) / columns;
          const byHeight = ((height - gap * (rows - 1)) / rows) * (16 / 9);
          expect(found).toBeGreaterThanOrEqual(Math.floor(Math.min(byWidth, byHeight)) - 1);
        }
      }
    });
  }

  it('never makes tiles larger when somebody joins', () => {
    let last = Infinity;
    for (let count = 1; count <= 49; count++) {
      const { width } = bestGrid(count, 1248, 600, gap);
      expect(width).toBeLessThanOrEqual(last);
      last = width;
    }
  });

  it('puts two side by side in a wide window and above each other in an upright one', () => {
    expect(bestGrid(2, 1248, 600, gap).columns).toBe(2);
    expect(bestGrid(2, 374, 640, gap, uprightShape).columns).toBe(1);
  });

  it('survives a window of no size', () => {
    expect(bestGrid(3, 0, 0, gap)).toMatchObject({ width: 0, height: 0 });
  });
});

describe('tilesPerPage', () => {
  it('shows at most 25, and fewer where tiles would be too small', () => {
    expect(tilesPerPage(49, 1888, 900, gap)).toBe(mostTiles);
    expect(tilesPerPage(7, 1888, 900, gap)).toBe(7);
    const onPhone = tilesPerPage(49, 374, 640, gap, uprightShape);
    expect(onPhone).toBeLessThan(mostTiles);
    expect(bestGrid(onPhone, 374, 640, gap, uprightShape).width).toBeGreaterThanOrEqual(132);
  });
});

describe('pairLayout', () => {
  it('shows the other larger than two equal tiles would, and fits', () => {
    for (const [width, height] of [[1248, 672], [1888, 950], [828, 280], [700, 500]] as const) {
      const pair = pairLayout(width, height, gap);
      if (!pair) throw new Error(`no layout for ${String(width)} x ${String(height)}`);
      expect(pair.other.width).toBeGreaterThan(bestGrid(2, width, height, gap).width);
      expect(pair.other.width + gap + pair.own.width).toBeLessThanOrEqual(width);
      expect(pair.other.height).toBeLessThanOrEqual(height);
      expect(pair.own.height).toBeLessThan(pair.other.height);
    }
  });

  it('leaves windows so wide that both are as high as the window to equal tiles', () => {
    expect(pairLayout(2400, 500, gap)).toBeNull();
  });
});
