/** Two numbers, the second of which may be the smaller one. */
export type Ends = readonly [number, number];

/** A linear scale: numbers of its domain to pixels of its range. A domain without a width is in the middle. */
export interface Scale {
  (value: number): number;
  readonly domain: Ends;
  readonly range: Ends;
  /** The number at a pixel. */
  invert(pixels: number): number;
}

/** The linear scale that takes the ends of the domain to those of the range. */
export function linear(domain: Ends, range: Ends): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const slope = to === from ? 0 : (end - start) / (to - from);
  const origin = to === from ? (start + end) / 2 : start;
  const scale = (value: number) => origin + (value - from) * slope;
  return Object.assign(scale, {
    domain,
    range,
    invert: (pixels: number) => (slope === 0 ? from : from + (pixels - origin) / slope),
  });
}

/** The step between about `count` round numbers from low to high: 1, 2 or 5 times a power of ten. */
export function tickStep(low: number, high: number, count: number): number {
  const step = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(step));
  const digit = step / power;
  return power * (digit >= Math.sqrt(50) ? 10 : digit >= Math.sqrt(10) ? 5 : digit >= Math.SQRT2 ? 2 : 1);
}

/** About `count` round numbers within a domain, in ascending order. */
export function ticks([one, other]: Ends, count: number): number[] {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  if (!(high > low)) return [low];
  const step = tickStep(low, high, count);
  const [first, last] = [Math.ceil(steps(low, step)), Math.floor(steps(high, step))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => multiple(first + k, step));
}

/** A domain widened to round numbers, about `count` ticks long. */
export function nice([low, high]: Ends, count: number): Ends {
  if (!(high > low)) return [low, high];
  const step = tickStep(low, high, count);
  const [first, last] = [multiple(Math.floor(steps(low, step)), step), multiple(Math.ceil(steps(high, step)), step)];
  // A wider domain may want a wider step.
  return tickStep(first, last, count) < 1.5 * step ? [first, last] : nice([first, last], count);
}

/** k times a step, without the error of a step below 1: 3 x 0.1 is 0.3. */
const multiple = (k: number, step: number): number => (step < 1 ? k / Math.round(1 / step) : k * step);

/** How many times a step a number is, likewise. */
const steps = (value: number, step: number): number => (step < 1 ? value * Math.round(1 / step) : value / step);
