import { project, world, type Point, type Spot } from './projection';

const steps = 48;
const radians = Math.PI / 180;

type Vector = readonly [number, number, number];

/**
 * The shortest way over the earth's surface, as lines on the map: one, or two where it crosses the date line. Spots at
 * opposite ends of the earth have no shortest way; any is as good.
 */
export function greatCircle(from: Spot, to: Spot): Point[][] {
  const [a, b] = [vector(from), vector(to)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  const lines: Point[][] = [[project(from)]];
  for (let step = 1; step <= steps; step++) {
    const next = project(step === steps ? to : spotOf(between(a, b, angle, step / steps)));
    const line = lines[lines.length - 1] ?? [];
    const last = line[line.length - 1] ?? next;
    if (Math.abs(next.x - last.x) <= world.width / 2) {
      line.push(next);
      continue;
    }
    const turn = next.x < last.x ? world.width : -world.width;
    const edge = turn > 0 ? world.width : 0;
    const share = (edge - last.x) / (next.x + turn - last.x || 1);
    const y = last.y + (next.y - last.y) * share;
    line.push({ x: edge, y });
    lines.push([{ x: world.width - edge, y }, next]);
  }
  return lines;
}

/** The point halfway along, for a label. */
export function halfway(lines: readonly (readonly Point[])[]): Point {
  const points = lines.flat();
  return points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
}

export function pathOf(lines: readonly (readonly Point[])[]): string {
  return lines.map((line) => `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`).join('');
}

function vector({ latitude, longitude }: Spot): Vector {
  const ring = Math.cos(latitude * radians);
  return [ring * Math.cos(longitude * radians), ring * Math.sin(longitude * radians), Math.sin(latitude * radians)];
}

function spotOf([x, y, z]: Vector): Spot {
  return { latitude: Math.atan2(z, Math.hypot(x, y)) / radians, longitude: Math.atan2(y, x) / radians };
}

function between(a: Vector, b: Vector, angle: number, share: number): Vector {
  const sine = Math.sin(angle);
  if (sine < 1e-9) return a;
  const [p, q] = [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
}
