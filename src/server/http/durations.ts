/** How long something took, by route: a histogram for prom-client's registry, whose own one hashes and checks its labels on every call. */
export class Durations {
  readonly name: string;
  readonly help: string;
  readonly #bounds: readonly number[];
  readonly #byRoute = new Map<string, Histogram>();

  /** @param bounds the largest value of each bucket, in ascending order */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
  }

  /** The histogram of a route. */
  of(route: string): Histogram {
    let found = this.#byRoute.get(route);
    if (found === undefined) {
      found = new Histogram(this.#bounds);
      this.#byRoute.set(route, found);
    }
    return found;
  }

  /** What the registry asks for: the values as lines. */
  async get() {
    const { name, help } = this;
    const values = [...this.#byRoute].flatMap(([route, { counts, sum }]) => {
      let below = 0;
      const buckets = [...this.#bounds, '+Inf'].map((le, at) => {
        below += counts[at] ?? 0;
        return { metricName: `${name}_bucket`, labels: { le, route }, value: below };
      });
      return [
        ...buckets,
        { metricName: `${name}_sum`, labels: { route }, value: sum },
        { metricName: `${name}_count`, labels: { route }, value: below },
      ];
    });
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}

class Histogram {
  /** How many values each bucket has, without those of the ones before it; the last one is for what is above all bounds. */
  readonly counts: Float64Array;
  sum = 0;
  readonly #bounds: readonly number[];

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const at = this.#bounds.findIndex((bound) => value <= bound);
    this.counts[at < 0 ? this.#bounds.length : at]++;
    this.sum += value;
  }
}
