/** Counters and gauges of one process in the text format of Prometheus (version 0.0.4). No ids of orders in labels. */
export type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [labels: Labels, value: number];

/** Made for every command that is answered: no lists on the way. */
function keyOf(labels: Labels): string {
  let key = '';
  for (const label of Object.keys(labels)) key += `${key === '' ? '' : ','}${label}="${escaped(labels[label] ?? '')}"`;
  return key;
}

const escaped = (text: string): string =>
  /[\\"\n]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n') : text;

const line = (name: string, labels: string, value: number): string =>
  labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`;

export class Counters {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #gauges = new Map<string, () => readonly Sample[]>();
  readonly #help = new Map<string, string>();

  describe(name: string, help: string): void {
    this.#help.set(name, help);
  }

  count(name: string, labels: Labels = {}, by = 1): void {
    const series = this.#counts.get(name) ?? new Map<string, number>();
    this.#counts.set(name, series);
    const key = keyOf(labels);
    series.set(key, (series.get(key) ?? 0) + by);
  }

  /** Asked whenever somebody reads. */
  gauge(name: string, help: string, read: () => number): void {
    this.gauges(name, help, () => [[{}, read()]]);
  }

  /** One of several series. */
  gauges(name: string, help: string, read: () => readonly Sample[]): void {
    this.describe(name, help);
    this.#gauges.set(name, read);
  }

  text(): string {
    const lines: string[] = [];
    const head = (name: string, type: string): void => {
      const help = this.#help.get(name);
      if (help !== undefined) lines.push(`# HELP ${name} ${help}`);
      lines.push(`# TYPE ${name} ${type}`);
    };
    for (const [name, series] of this.#counts) {
      head(name, 'counter');
      for (const [labels, value] of series) lines.push(line(name, labels, value));
    }
    for (const [name, read] of this.#gauges) {
      head(name, 'gauge');
      for (const [labels, value] of read()) lines.push(line(name, keyOf(labels), value));
    }
    return `${lines.join('\n')}\n`;
  }
}
