import { computed, type ReadonlySignal } from '@preact/signals-core';
import { type View, view } from '../state/state.ts';
import { resultReadout } from './job-result.ts';
import { matrixReadout } from './matrix.ts';
import { readout } from './readout.ts';
import { searchReadout } from './search.ts';

const readouts: Readonly<Partial<Record<View, ReadonlySignal<string | undefined>>>> = {
  pair: readout,
  matrix: matrixReadout,
  search: searchReadout,
  stored: resultReadout,
};

/** What the tooltip says. */
export const tip = computed(() => readouts[view.value]?.value);
