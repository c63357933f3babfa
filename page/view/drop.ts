import { takeFiles } from '../import/take.ts';
import { view } from '../state/state.ts';

/** Files dropped anywhere on the page: two series are a pair, more are a data set. */
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
    void takeFiles(files, view.value === 'matrix' ? 'dataset' : 'any');
  });
}
