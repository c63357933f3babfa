import { effect } from '@preact/signals-core';
import { svg } from '../dom/dom.ts';
import { metric, params, shown } from '../state/state.ts';
import { pointIn } from './figure.ts';
import type { Scale } from './scale.ts';

interface Frame {
  readonly x: Scale;
  readonly y: Scale;
}

const NAME = 'sakoe_chiba_radius';

/**
 * The handle on the border of the Sakoe-Chiba band: dragged, or moved by the arrow keys, it sets the radius. At the corner there is no
 * constraint.
 *
 * @param frame where the table stands
 * @param chart what pointers are placed in
 * @returns the handle, and what places it again
 */
export function bandHandle(chart: HTMLElement, frame: () => Frame | undefined): { handle: SVGElement; place(): void } {
  const handle = svg('circle', {
    class: 'handle',
    r: 8,
    tabindex: 0,
    role: 'slider',
    'aria-label': 'Border of the warping band',
    'aria-valuemin': 0,
  });
  const most = () => Math.max(shown.peek()?.s1.values.length ?? 2, shown.peek()?.s2.values.length ?? 2) - 1;
  const radius = () => {
    const { value } = params;
    return value.global_constraint === 'itakura' ? most() : Math.min(most(), Number(value[NAME] ?? most()));
  };
  const set = (wanted: number) => {
    const { [NAME]: _, itakura_max_slope: __, global_constraint: ___, ...rest } = params.peek();
    const to = Math.max(0, Math.round(wanted));
    params.value = to >= most() ? rest : { ...rest, [NAME]: to };
  };
  const place = () => {
    const at = frame();
    if (!at) return;
    const part = most() > 0 ? radius() / most() : 1;
    const [[left, right], [top, bottom]] = [at.x.range(), at.y.range()];
    handle.setAttribute('cx', String(left + ((right - left) * (1 + part)) / 2));
    handle.setAttribute('cy', String(top + ((bottom - top) * (1 - part)) / 2));
    handle.setAttribute('aria-valuenow', String(radius()));
    handle.setAttribute('aria-valuemax', String(most()));
    handle.setAttribute('aria-valuetext', part === 1 ? 'no constraint' : `radius ${radius()}`);
  };
  effect(() => {
    const can = NAME in ((metric.value?.parameters.properties ?? {}) as object);
    handle.classList.toggle('hidden-handle', !can);
    void params.value;
    void shown.value;
    place();
  });
  const drag = (event: PointerEvent) => {
    const at = frame();
    if (!at) return;
    const [px, py] = pointIn(chart, event);
    const [[left, right], [top, bottom]] = [at.x.range(), at.y.range()];
    set(most() * Math.min(1, (px - left) / (right - left) - (py - top) / (bottom - top)));
  };
  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    handle.focus();
    // The picture is drawn anew while the handle moves: the window hears the pointer all the same.
    addEventListener('pointermove', drag);
    const end = () => {
      removeEventListener('pointermove', drag);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
    };
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  });
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(radius() + by * (event.shiftKey ? 10 : 1));
  });
  return { handle, place };
}
