import { computed, effect } from '@preact/signals-core';
import { h, setAll } from '../dom/dom.ts';
import { metric, problem } from '../state/state.ts';

/** What is wrong with one field, in the service's words. */
export function errorOf(name: string): string | undefined {
  const found = problem.value?.errors?.filter(
    ({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`),
  );
  if (!found?.length) return undefined;
  return found
    .slice(0, 3)
    .map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)
    .join('\n');
}

/** Errors that no field can show, because their place is not on the screen. */
export const generalError = computed(() => {
  if (!problem.value) return undefined;
  const fields = ['s1', 's2', ...Object.keys((metric.value?.parameters.properties ?? {}) as object)];
  return fields.some((name) => errorOf(name)) ? undefined : problem.value.detail;
});

/** The place under a field where its error appears. The field refers to it. */
export function errorLine(field: Element, id: string, message: () => string | undefined): HTMLElement {
  const line = h('p', { id, class: 'error', role: 'alert' });
  effect(() => {
    const text = message();
    line.textContent = text ?? '';
    setAll(field, { 'aria-invalid': text ? 'true' : undefined });
  });
  return line;
}
