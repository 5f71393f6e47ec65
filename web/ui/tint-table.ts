/** From the greys of the server's pictures to the three facets of a material. Pure. */
export type Colour = readonly [number, number, number];

/** What the darkest and the lightest grey of a picture are in green, the channel that is looked at; of 255. */
const DARKEST = 78;
const LIGHTEST = 213;
/** Entries of a table; between them it is a straight line. */
const STEPS = 18;

/** Per channel the values of an SVG `feFuncX` of type `table`: dark, middle and bright facet along the greys. */
export function tintTables(dark: Colour, middle: Colour, bright: Colour): readonly string[] {
  const shades = Array.from({ length: STEPS + 1 }, (_, n) => {
    const grey = (255 * n) / STEPS;
    return Math.min(1, Math.max(0, (grey - DARKEST) / (LIGHTEST - DARKEST)));
  });
  return ([0, 1, 2] as const).map((channel) =>
    shades
      .map((shade) => {
        const value =
          shade < 0.5
            ? dark[channel] + (middle[channel] - dark[channel]) * shade * 2
            : middle[channel] + (bright[channel] - middle[channel]) * (shade * 2 - 1);
        return (value / 255).toFixed(3);
      })
      .join(' '),
  );
}

/** `#rrggbb`. */
export function colourOf(hex: string): Colour {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
