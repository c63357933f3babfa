import { effect } from '@preact/signals-core';
import { channels, type Sample } from '../data/series.ts';
import { h, svg } from '../dom/dom.ts';
import { hiddenChannels } from '../plot/frame.ts';
import { shown } from '../state/state.ts';

/** Up to this many channels can be switched one by one. */
const MOST = 12;

/** Which line is which series, and a switch for each channel. */
export function mountLegend(series: HTMLElement, switches: HTMLElement): void {
  effect(() => {
    if (!shown.value) return;
    const { s1, s2 } = shown.value;
    series.replaceChildren(name('s1', s1), name('s2', s2));
  });
  let count = 0;
  effect(() => {
    if (!shown.value) return;
    const { s1 } = shown.value;
    const now = channels(s1.values).length;
    if (now !== count) hiddenChannels.value = new Set();
    count = now;
    switches.hidden = now < 2;
    if (now < 2) return;
    const names = s1.channels ?? [];
    switches.replaceChildren(...Array.from({ length: Math.min(now, MOST) }, (_, c) => channelSwitch(c, names[c])));
    if (now > MOST) switches.append(h('span', { class: 'hint' }, `and ${now - MOST} more channels`));
  });
}

const name = (which: 's1' | 's2', { name: called }: Sample) =>
  h('span', {}, h('span', { class: `swatch ${which}` }), h('code', {}, which), ` ${called}`);

function channelSwitch(c: number, called: string | undefined): HTMLElement {
  const input = h('input', {
    type: 'checkbox',
    checked: !hiddenChannels.peek().has(c),
    onchange: () => {
      const next = new Set(hiddenChannels.value);
      if (input.checked) next.delete(c);
      else next.add(c);
      hiddenChannels.value = next;
    },
  });
  const sample = svg(
    'svg',
    { viewBox: '0 0 24 8', class: 'sample', 'aria-hidden': 'true' },
    svg('path', { d: 'M0 4H24', class: `line channel-${c % 6}` }),
  );
  return h('label', {}, input, sample as unknown as HTMLElement, called ?? `channel ${c}`);
}
