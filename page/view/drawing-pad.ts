import { h, svg } from '../dom/dom.ts';

const STEPS = 80;
const HEIGHT = 100;
/** Values from -2 to 2, like most of a z-normalised series. */
const RANGE = 2;

/** A field to draw a series in, with mouse, finger or the arrow keys. Values are reported once the line is finished. */
export function drawingPad(name: string, told: (values: number[]) => void): HTMLElement {
  const values = new Array<number>(STEPS).fill(0);
  let pen = 0;
  const path = svg('path', { class: `line ${name}` });
  const pad = svg(
    'svg',
    {
      viewBox: `0 0 ${STEPS - 1} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      class: 'pad',
      tabindex: 0,
      role: 'application',
      'aria-label': `Draw ${name}: left and right move along, up and down change the value`,
    },
    path,
  );
  const draw = () => {
    path.setAttribute(
      'd',
      values.map((value, k) => `${k ? 'L' : 'M'}${k} ${((RANGE - value) / (2 * RANGE)) * HEIGHT}`).join(''),
    );
  };
  const to = (step: number, value: number) => {
    const [from, start] = [pen, values[pen]];
    const span = Math.abs(step - from);
    for (let k = 0; k <= span; k++) {
      values[from + Math.sign(step - from) * k] = start + ((value - start) * k) / Math.max(1, span);
    }
    values[step] = value;
    pen = step;
    draw();
  };
  const place = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const { left, top, width, height } = pad.getBoundingClientRect();
    const step = Math.round(((clientX - left) / width) * (STEPS - 1));
    const value = RANGE - ((clientY - top) / height) * 2 * RANGE;
    return [Math.min(STEPS - 1, Math.max(0, step)), Math.round(Math.min(RANGE, Math.max(-RANGE, value)) * 100) / 100];
  };
  const tell = () => told(values.map((value) => Math.round(value * 1000) / 1000));
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
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const [along = 0, rise = 0] = move;
    const step = Math.min(STEPS - 1, Math.max(0, pen + along));
    to(step, Math.min(RANGE, Math.max(-RANGE, values[pen] + rise)));
    tell();
  });
  draw();
  return h('div', { class: 'drawing' }, h('span', { class: 'hint' }, 'Or draw it here:'), pad);
}
