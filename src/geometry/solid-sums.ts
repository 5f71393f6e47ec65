/**
 * Volume, area and bounds as running sums over triangles: memory does not grow with the file.
 *
 * Volume is the sum of signed tetrahedra (Cha Zhang, Tsuhan Chen: Efficient feature extraction for 2D/3D objects in
 * mesh representation, 2001) over the first vertex instead of the origin: far from the origin the terms would cancel
 * and lose digits. Sums are doubles.
 */
export class SolidSums {
  #origin: readonly [number, number, number] | undefined;
  /** 6 × signed volume, 2 × area, least x y z, most x y z. */
  readonly #sums = new Float64Array([0, 0, Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);

  /** `floats`: nine per triangle. Units: mm. */
  add(floats: Float32Array, triangles: number): void {
    const at = (i: number): number => floats[i] ?? 0;
    this.#origin ??= [at(0), at(1), at(2)];
    const [ox, oy, oz] = this.#origin;
    const sums = this.#sums;
    let [volume = 0, area = 0, x0 = 0, y0 = 0, z0 = 0, x1 = 0, y1 = 0, z1 = 0] = sums;
    for (let i = 0, end = 9 * triangles; i < end; i += 9) {
      const ax = at(i) - ox;
      const ay = at(i + 1) - oy;
      const az = at(i + 2) - oz;
      const bx = at(i + 3) - ox;
      const by = at(i + 4) - oy;
      const bz = at(i + 5) - oz;
      const cx = at(i + 6) - ox;
      const cy = at(i + 7) - oy;
      const cz = at(i + 8) - oz;
      const nx = (by - ay) * (cz - az) - (bz - az) * (cy - ay);
      const ny = (bz - az) * (cx - ax) - (bx - ax) * (cz - az);
      const nz = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      volume += ax * nx + ay * ny + az * nz;
      area += Math.sqrt(nx * nx + ny * ny + nz * nz);
      x0 = Math.min(x0, ax, bx, cx);
      y0 = Math.min(y0, ay, by, cy);
      z0 = Math.min(z0, az, bz, cz);
      x1 = Math.max(x1, ax, bx, cx);
      y1 = Math.max(y1, ay, by, cy);
      z1 = Math.max(z1, az, bz, cz);
    }
    sums.set([volume, area, x0, y0, z0, x1, y1, z1]);
  }

  /** Turned inside out or not: the volume is its absolute value. At least one triangle must have been added. */
  result(): { volumeMm3: number; areaMm2: number; sizeMm: [number, number, number] } {
    const [volume = 0, area = 0, x0 = 0, y0 = 0, z0 = 0, x1 = 0, y1 = 0, z1 = 0] = this.#sums;
    return {
      volumeMm3: neat(Math.abs(volume) / 6),
      areaMm2: neat(area / 2),
      sizeMm: [neat(x1 - x0), neat(y1 - y0), neat(z1 - z0)],
    };
  }
}

/** Nine digits: more than 32-bit coordinates carry, without the noise of the summing. */
const neat = (n: number): number => Number(n.toPrecision(9));
