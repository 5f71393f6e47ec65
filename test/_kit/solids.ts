/**
 * Solids with known volume, area and size, as triangles and as binary STL. Vertices are computed once and shared, so
 * every solid is closed to the last bit. Units: millimetres.
 */
export type Point = readonly [number, number, number];

/** Nine numbers per triangle, counter-clockwise seen from outside. */
export type Triangles = readonly number[];

export interface Solid {
  readonly name: string;
  readonly triangles: Triangles;
  /** By the closed formula of the ideal solid, not from the triangles. */
  readonly volumeMm3: number;
  readonly areaMm2: number;
  readonly sizeMm: Point;
  readonly shells: number;
}

/** 80 bytes of header, the count, 50 bytes per triangle; normals stay zero (readers compute them). */
export function binaryStl(of: Solid | Triangles, header = 'andon test solid'): Buffer {
  const triangles = 'triangles' in of ? of.triangles : of;
  const count = triangles.length / 9;
  const stl = Buffer.alloc(84 + 50 * count);
  stl.write(header, 'latin1');
  stl.writeUInt32LE(count, 80);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < 9; i++) stl.writeFloatLE(triangles[9 * t + i] ?? Number.NaN, 84 + 50 * t + 12 + 4 * i);
  }
  return stl;
}

export function asciiStl(of: Solid | Triangles, name = 'andon'): Buffer {
  const triangles = 'triangles' in of ? of.triangles : of;
  const lines = [`solid ${name}`];
  for (let t = 0; t < triangles.length; t += 9) {
    lines.push('  facet normal 0 0 0', '    outer loop');
    for (let c = t; c < t + 9; c += 3)
      lines.push(`      vertex ${[0, 1, 2].map((i) => Math.fround(triangles[c + i] ?? 0).toExponential()).join(' ')}`);
    lines.push('    endloop', '  endfacet');
  }
  lines.push(`endsolid ${name}`, '');
  return Buffer.from(lines.join('\n'));
}

/** Faces with any number of corners, counter-clockwise, cut into fans. */
function mesh(points: readonly Point[], faces: readonly (readonly number[])[]): number[] {
  const out: number[] = [];
  for (const face of faces) {
    for (let i = 1; i + 1 < face.length; i++) {
      for (const corner of [face[0], face[i], face[i + 1]]) out.push(...points[corner!]!);
    }
  }
  return out;
}

/** A closed strip between two rows of point numbers, `low` seen from outside running to the right. */
const strip = (low: readonly number[], high: readonly number[]): number[][] =>
  low.map((a, i) => [a, low[(i + 1) % low.length]!, high[(i + 1) % high.length]!, high[i]!]);

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const circle = (n: number, radius: number, z: number): Point[] =>
  range(n).map((i) => [radius * Math.cos((2 * Math.PI * i) / n), radius * Math.sin((2 * Math.PI * i) / n), z]);

/** Extent of a regular n-gon's corners along x and y. */
const extent = (n: number, radius: number): readonly [number, number] => {
  const corners = circle(n, radius, 0);
  const span = (k: 0 | 1): number => Math.max(...corners.map((p) => p[k])) - Math.min(...corners.map((p) => p[k]));
  return [span(0), span(1)];
};

export function box(x = 10, y = 20, z = 30): Solid {
  const points = range(8).map((i): Point => [i & 1 ? x : 0, i & 2 ? y : 0, i & 4 ? z : 0]);
  const faces = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  return {
    name: 'box',
    triangles: mesh(points, faces),
    volumeMm3: x * y * z,
    areaMm2: 2 * (x * y + y * z + z * x),
    sizeMm: [x, y, z],
    shells: 1,
  };
}

/** Regular, in alternating corners of a cube with this edge. */
export function tetrahedron(cube = 10): Solid {
  const edge = cube * Math.SQRT2;
  return {
    name: 'tetrahedron',
    triangles: mesh(
      [
        [0, 0, 0],
        [cube, cube, 0],
        [cube, 0, cube],
        [0, cube, cube],
      ],
      [
        [0, 1, 2],
        [0, 3, 1],
        [0, 2, 3],
        [1, 3, 2],
      ],
    ),
    volumeMm3: edge ** 3 / (6 * Math.SQRT2),
    areaMm2: Math.sqrt(3) * edge ** 2,
    sizeMm: [cube, cube, cube],
    shells: 1,
  };
}

export function octahedron(radius = 10): Solid {
  const points: Point[] = [
    [radius, 0, 0],
    [0, radius, 0],
    [-radius, 0, 0],
    [0, -radius, 0],
    [0, 0, radius],
    [0, 0, -radius],
  ];
  const faces = range(4).flatMap((i) => [
    [i, (i + 1) % 4, 4],
    [(i + 1) % 4, i, 5],
  ]);
  return {
    name: 'octahedron',
    triangles: mesh(points, faces),
    volumeMm3: (4 / 3) * radius ** 3,
    areaMm2: 4 * Math.sqrt(3) * radius ** 2,
    sizeMm: [2 * radius, 2 * radius, 2 * radius],
    shells: 1,
  };
}

function column(sides: number, radius: number, height: number): number[] {
  const low = range(sides);
  const high = low.map((i) => i + sides);
  return mesh(
    [...circle(sides, radius, 0), ...circle(sides, radius, height)],
    [...strip(low, high), high, low.toReversed()],
  );
}

/** A regular n-gon drawn up: exact for every number of sides. */
export function prism(sides = 6, radius = 10, height = 15): Solid {
  const base = (sides / 2) * radius ** 2 * Math.sin((2 * Math.PI) / sides);
  return {
    name: 'prism',
    triangles: column(sides, radius, height),
    volumeMm3: base * height,
    areaMm2: 2 * base + sides * 2 * radius * Math.sin(Math.PI / sides) * height,
    sizeMm: [...extent(sides, radius), height],
    shells: 1,
  };
}

export function cylinder(radius = 10, height = 15, segments = 256): Solid {
  return {
    name: 'cylinder',
    triangles: column(segments, radius, height),
    volumeMm3: Math.PI * radius ** 2 * height,
    areaMm2: 2 * Math.PI * radius * (radius + height),
    sizeMm: [2 * radius, 2 * radius, height],
    shells: 1,
  };
}

export function cone(radius = 10, height = 15, segments = 256): Solid {
  const low = range(segments);
  const sides = low.map((i) => [i, (i + 1) % segments, segments]);
  return {
    name: 'cone',
    triangles: mesh([...circle(segments, radius, 0), [0, 0, height]], [...sides, low.toReversed()]),
    volumeMm3: (Math.PI / 3) * radius ** 2 * height,
    areaMm2: Math.PI * radius * (radius + Math.hypot(radius, height)),
    sizeMm: [2 * radius, 2 * radius, height],
    shells: 1,
  };
}

/** Meridians and parallels; 2 · segments · (rows - 1) triangles. */
export function sphere(radius = 10, segments = 256, rows = segments / 2): Solid {
  const points: Point[] = [[0, 0, -radius]];
  for (let r = 1; r < rows; r++) {
    const tilt = (Math.PI * r) / rows;
    points.push(...circle(segments, radius * Math.sin(tilt), -radius * Math.cos(tilt)));
  }
  points.push([0, 0, radius]);
  const row = (r: number): number[] => range(segments).map((i) => 1 + (r - 1) * segments + i);
  const top = points.length - 1;
  const faces = [
    ...row(1).map((a, i, all) => [0, all[(i + 1) % segments]!, a]),
    ...range(rows - 2).flatMap((r) => strip(row(r + 1), row(r + 2))),
    ...row(rows - 1).map((a, i, all) => [a, all[(i + 1) % segments]!, top]),
  ];
  return {
    name: 'sphere',
    triangles: mesh(points, faces),
    volumeMm3: (4 / 3) * Math.PI * radius ** 3,
    areaMm2: 4 * Math.PI * radius ** 2,
    sizeMm: [2 * radius, 2 * radius, 2 * radius],
    shells: 1,
  };
}

/** `radius` to the middle of the tube, `tube` = radius of the tube; 2 · segments · around triangles. */
export function torus(radius = 10, tube = 3, segments = 256, around = 128): Solid {
  const points = range(segments).flatMap((s) => {
    const turn = (2 * Math.PI * s) / segments;
    return circle(around, tube, 0).map(
      ([out, up]): Point => [(radius + out) * Math.cos(turn), (radius + out) * Math.sin(turn), up],
    );
  });
  const row = (s: number): number[] => range(around).map((i) => (s % segments) * around + i);
  return {
    name: 'torus',
    triangles: mesh(
      points,
      range(segments).flatMap((s) => strip(row(s + 1), row(s))),
    ),
    volumeMm3: 2 * Math.PI ** 2 * radius * tube ** 2,
    areaMm2: 4 * Math.PI ** 2 * radius * tube,
    sizeMm: [2 * (radius + tube), 2 * (radius + tube), 2 * tube],
    shells: 1,
  };
}

/** A plain finger ring: a cylinder with a hole through it. */
export function ring(outer = 11, inner = 9, height = 4, segments = 256): Solid {
  const at = (k: number): number[] => range(segments).map((i) => k * segments + i);
  return {
    name: 'ring',
    triangles: mesh(
      [
        ...circle(segments, outer, 0),
        ...circle(segments, outer, height),
        ...circle(segments, inner, height),
        ...circle(segments, inner, 0),
      ],
      [...strip(at(0), at(1)), ...strip(at(1), at(2)), ...strip(at(2), at(3)), ...strip(at(3), at(0))],
    ),
    volumeMm3: Math.PI * (outer ** 2 - inner ** 2) * height,
    areaMm2: 2 * Math.PI * (outer + inner) * (height + outer - inner),
    sizeMm: [2 * outer, 2 * outer, height],
    shells: 1,
  };
}
