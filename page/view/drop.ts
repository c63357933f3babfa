import { takeFiles } from '../import/take.ts';
import { view } from '../state/state.ts';
import { draft } from '../state/stored.ts';
import { draftOfFile } from './upload.ts';

/** Files dropped anywhere on the page: two series are a pair, more are a data set. Beside what is stored, a file is about to be stored. */
export function takeDrops(): void {
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', () => document.body.classList.remove('dropping'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    const files = [...(event.dataTransfer?.files ?? [])];
    const [first] = files;
    if (view.value === 'stored' && first) draft.value = draftOfFile(first);
    else void takeFiles(files, view.value === 'pair' ? 'any' : 'dataset');
  });
}
