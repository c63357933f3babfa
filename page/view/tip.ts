import { computed } from '@preact/signals-core';
import { view } from '../state/state.ts';
import { matrixReadout } from './matrix.ts';
import { readout } from './readout.ts';

/** What the tooltip says. */
export const tip = computed(() => (view.value === 'pair' ? readout.value : matrixReadout.value));
