import { params } from '../state/state.ts';
import type { Property } from './property.ts';

/** Sets a parameter; at its default it is omitted from the request. */
export function setParam(name: string, value: unknown, { default: fallback }: Property): void {
  const { [name]: _, ...rest } = params.value;
  const isDefault = value === undefined || JSON.stringify(value) === JSON.stringify(fallback);
  params.value = isDefault ? rest : { ...rest, [name]: value };
}
