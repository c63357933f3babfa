import { svg } from '../dom/dom.ts';

const HEIGHT = 100;

/** What is drawn on. */
export interface Pad {
  readonly steps: number;
  /** The values at the bottom and the top. */
  readonly range: readonly [low: number, high: number];
  /** The line at first: that many steps. */
  readonly start?: readonly number[];
  /** Other series, faint behind the line. */
  readonly behind?: readonly (readonly number[])[];
}

/** Like most of a z-normalised series. */
const USUAL: Pad = { steps: 80, range: [-2, 2] };

/** A field to draw a series in, with mouse, finger or the arrow keys. Values are reported once the line is finished. */
export function drawingPad(name: string, told: (values: number[]) => void, given: Pad = USUAL): SVGSVGElement {
  const { steps, range, start, behind = [] } = given;
  const [low, high] = range;
  const values = start ? [...start] : new Array<number>(steps).fill((low + high) / 2);
  const step = (high - low) / 40;
  let pen = 0;
  const lineOf = (line: readonly number[]) => {
    const across = (steps - 1) / Math.max(1, line.length - 1);
    return line
      .map((value, k) => {
        const down = ((high - value) / (high - low)) * HEIGHT;
        return `${k ? 'L' : 'M'}${(k * across).toFixed(2)} ${down.toFixed(2)}`;
      })
      .join('');
  };
  const path = svg('path', { class: `line ${name}` });
  const pad = svg(
    'svg',
    {
      viewBox: `0 0 ${steps - 1} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      class: 'pad',
      tabindex: 0,
      role: 'application',
      'aria-label': `Draw ${name}: left and right move along, up and down change the value`,
    },
    ...behind.map((line) => svg('path', { class: 'line member', d: lineOf(line) })),
    path,
  );
  const draw = () => {
    path.setAttribute('d', lineOf(values));
  };
  const to = (at: number, value: number) => {
    const [from, began] = [pen, values[pen] as number];
    const span = Math.abs(at - from);
    for (let k = 0; k <= span; k++) {
      values[from + Math.sign(at - from) * k] = began + ((value - began) * k) / Math.max(1, span);
    }
    values[at] = value;
    pen = at;
    draw();
  };
  const within = (value: number) => Math.min(high, Math.max(low, value));
  const place = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const { left, top, width, height } = pad.getBoundingClientRect();
    const at = Math.round(((clientX - left) / width) * (steps - 1));
    return [Math.min(steps - 1, Math.max(0, at)), within(high - ((clientY - top) / height) * (high - low))];
  };
  // To a thousandth of the height: a hand is no more exact.
  const grain = 10 ** Math.floor(Math.log10((high - low) / 1000));
  const tell = () => told(values.map((value) => Number((Math.round(value / grain) * grain).toPrecision(12))));
  pad.addEventListener('pointerdown', (event) => {
    pad.setPointerCapture(event.pointerId);
    [pen] = place(event);
    to(...place(event));
  });
  pad.addEventListener('pointermove', (event) => {
    if (pad.hasPointerCapture(event.pointerId)) to(...place(event));
  });
  pad.addEventListener('pointerup', tell);
  pad.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const [along = 0, rise = 0] = move;
    const at = Math.min(steps - 1, Math.max(0, pen + along));
    to(at, within((values[pen] as number) + rise));
    tell();
  });
  draw();
  return pad;
}
