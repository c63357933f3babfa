import { effect } from '@preact/signals-core';
import { channelName, channels, type Sample } from '../data/series.ts';
import { freshId, h, svg } from '../dom/dom.ts';
import { hiddenChannels } from '../plot/frame.ts';
import { alignedChannel } from '../state/channel.ts';
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
  let before = '';
  effect(() => {
    if (!shown.value) return;
    const { s1, channel } = shown.value;
    const now = channels(s1.values).length;
    if (now !== count) hiddenChannels.value = new Set();
    count = now;
    switches.hidden = now < 2;
    // Only what has changed is built anew: a choice would lose the focus.
    const state = now < 2 ? '' : JSON.stringify([now, s1.channels, channel]);
    if (state === before) return;
    const focused = before !== '' && switches.querySelector('select') === document.activeElement;
    before = state;
    if (now < 2) return;
    switches.replaceChildren(
      ...(channel === undefined ? [] : [alignedChoice(s1, now, channel)]),
      ...Array.from({ length: Math.min(now, MOST) }, (_, c) => channelSwitch(c, channelName(s1, c), c === channel)),
    );
    if (now > MOST) switches.append(h('span', { class: 'hint' }, `and ${now - MOST} more channels`));
    if (focused) switches.querySelector('select')?.focus();
  });
}

/** Which channel's alignment is drawn, where each has its own. */
function alignedChoice(sample: Sample, count: number, channel: number): HTMLElement {
  const id = freshId('aligned');
  const select = h(
    'select',
    {
      id,
      onchange: () => {
        alignedChannel.value = Number(select.value);
      },
    },
    ...Array.from({ length: count }, (_, c) =>
      h('option', { value: c, selected: c === channel }, channelName(sample, c)),
    ),
  );
  return h('span', { class: 'aligned' }, h('label', { for: id }, 'Matches of '), select);
}

const name = (which: 's1' | 's2', { name: called }: Sample) =>
  h('span', {}, h('span', { class: `swatch ${which}` }), h('code', {}, which), ` ${called}`);

function channelSwitch(c: number, called: string, matched: boolean): HTMLElement {
  const input = h('input', {
    type: 'checkbox',
    checked: matched || !hiddenChannels.peek().has(c),
    disabled: matched, // it is always drawn
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
  return h('label', {}, input, sample as unknown as HTMLElement, called);
}
