import { batch, signal } from '@preact/signals-core';
import { type Found, parseFile } from '../data/parse.ts';
import { ParseError } from '../data/parse-error.ts';
import { ownSample } from '../data/series.ts';
import { useDataset } from '../state/dataset.ts';
import { s1, s2, view } from '../state/state.ts';

/** What is wrong with a file that was dropped, or what became of it. */
export const dropNote = signal('');

/** A file dropped anywhere on the page: two files or two series are a pair, more are a data set. */
export function takeDrops(): void {
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', () => document.body.classList.remove('dropping'));
  addEventListener('drop', async (event) => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    const files = [...(event.dataTransfer?.files ?? [])];
    try {
      if (files.length > 0) await take(files);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      dropNote.value = error.message;
    }
  });
}

async function take(files: readonly File[]): Promise<void> {
  const wanted = view.value === 'matrix' ? 'dataset' : 'series';
  const found = (await Promise.all(files.map((file) => parseFile(file, wanted)))).flat();
  const name = files[0]?.name ?? 'dropped';
  if (found.length > 2 || view.value === 'matrix') {
    useDataset(found, name);
    view.value = 'matrix';
  } else {
    usePair(found, name);
  }
  dropNote.value = `${found.length} series from ${files.map((file) => file.name).join(', ')}`;
}

function usePair([one, other]: readonly Found[], name: string): void {
  batch(() => {
    if (one) s1.value = ownSample(one.values, one.name ?? name);
    if (other) s2.value = ownSample(other.values, other.name ?? name);
  });
}
