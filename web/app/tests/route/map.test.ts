// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { greatCircle, halfway } from '../../src/route/greatCircle';
import { placeLabels } from '../../src/route/labels';
import { inDrawingOrder, legWidth } from '../../src/route/mapModel';
import { viewAround } from '../../src/route/mapView';
import { project, world, type Point } from '../../src/route/projection';

const frankfurt = { latitude: 50.11, longitude: 8.68 };
const singapore = { latitude: 1.35, longitude: 103.82 };
const tokyo = { latitude: 35.68, longitude: 139.69 };
const sanFrancisco = { latitude: 37.77, longitude: -122.42 };

describe('project', () => {
  it('puts east right, north up, and the date line at the edges', () => {
    expect(project({ latitude: 0, longitude: -180 }).x).toBe(0);
    expect(project({ latitude: 0, longitude: 180 }).x).toBe(world.width);
    expect(project(singapore).x).toBeGreaterThan(project(frankfurt).x);
    expect(project(singapore).y).toBeGreaterThan(project(frankfurt).y);
    expect(project({ latitude: -56, longitude: 0 }).y).toBeLessThanOrEqual(world.height);
  });
});

describe('greatCircle', () => {
  const ends = (lines: Point[][]): [Point | undefined, Point | undefined] => [lines[0]?.[0], lines.at(-1)?.at(-1)];

  it('joins its ends, north of the straight line in the north', () => {
    const lines = greatCircle(frankfurt, singapore);
    expect(lines).toHaveLength(1);
    expect(ends(lines)).toEqual([project(frankfurt), project(singapore)]);
    const middle = halfway(lines);
    expect(middle.y).toBeLessThan((project(frankfurt).y + project(singapore).y) / 2);
  });

  it('crosses the Pacific over the date line, in two lines that end at the edges at one height', () => {
    const lines = greatCircle(tokyo, sanFrancisco);
    expect(lines).toHaveLength(2);
    expect(ends(lines)).toEqual([project(tokyo), project(sanFrancisco)]);
    const [leaves, enters] = [lines[0]?.at(-1), lines[1]?.[0]];
    expect(leaves?.x).toBe(world.width);
    expect(enters?.x).toBe(0);
    expect(leaves?.y).toBeCloseTo(enters?.y ?? 0);
    for (const line of lines) {
      for (let i = 1; i < line.length; i++) expect(Math.abs((line[i]?.x ?? 0) - (line[i - 1]?.x ?? 0))).toBeLessThan(world.width / 4);
    }
  });

  it('does not fail where both ends are one spot, or opposite', () => {
    for (const point of [...greatCircle(tokyo, tokyo), ...greatCircle({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })].flat()) {
      expect(Number.isFinite(point.x) && Number.isFinite(point.y)).toBe(true);
    }
  });
});

describe('viewAround', () => {
  it('holds every point with room around it, in the shape that was asked for', () => {
    const points = [frankfurt, singapore, tokyo].map(project);
    for (const shape of [1, 1.6, 1.9, 3]) {
      const view = viewAround(points, shape);
      expect(view.width / view.height).toBeCloseTo(shape);
      for (const { x, y } of points) {
        expect(x).toBeGreaterThan(view.x + 10);
        expect(x).toBeLessThan(view.x + view.width - 10);
        expect(y).toBeGreaterThan(view.y);
        expect(y).toBeLessThan(view.y + view.height);
      }
    }
  });

  it('comes no closer than the coast can bear, and shows the world when there is nothing', () => {
    expect(viewAround([project(frankfurt)], 2).width).toBeGreaterThan(200);
    expect(viewAround([], 2)).toMatchObject({ x: 0, width: world.width });
  });
});

describe('placeLabels', () => {
  const view = { x: 0, y: 0, width: 400, height: 300 };
  const at = { x: 200, y: 150 };

  it('puts a text above its point, below where that is at the edge', () => {
    const wish = (point: Point) => [{ id: 'a', text: 'Paris', at: point, gap: 10 }];
    expect(placeLabels(wish(at), [at], [], view, 12)[0]?.y).toBeLessThan(at.y);
    expect(placeLabels(wish({ x: 200, y: 5 }), [], [], view, 12)[0]?.y).toBeGreaterThan(5);
  });

  it('keeps off dots, other texts and, where it can, lines', () => {
    const above = { x: 200, y: 133 };
    expect(placeLabels([{ id: 'a', text: 'Paris', at, gap: 10 }], [at, above], [], view, 12)[0]?.y).toBeGreaterThan(at.y);
    expect(placeLabels([{ id: 'a', text: 'Paris', at, gap: 10 }], [at], [above], view, 12)[0]?.y).toBeGreaterThan(at.y);
    const two = placeLabels([{ id: 'a', text: 'Paris', at, gap: 10 }, { id: 'b', text: 'Zurich', at, gap: 10 }], [at], [], view, 12);
    expect(two.map(({ y }) => y < at.y)).toEqual([true, false]);
  });

  it('leaves out what has no room', () => {
    expect(placeLabels([{ id: 'a', text: 'Frankfurt', at, gap: 10 }], [], [], { x: 190, y: 140, width: 20, height: 20 }, 12)).toEqual([]);
  });
});

describe('the map', () => {
  it('draws what is in use on top', () => {
    const region = (id: string, state: 'used' | 'allowed' | 'out') => ({ id, label: id, spot: frankfurt, state });
    expect(inDrawingOrder([region('a', 'used'), region('b', 'out'), region('c', 'allowed')]).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it('draws more traffic wider, within bounds', () => {
    expect(legWidth(1)).toBeGreaterThan(legWidth(0.2));
    expect(legWidth(7)).toBe(legWidth(1));
    expect(legWidth(-1)).toBe(legWidth(0));
  });
});
