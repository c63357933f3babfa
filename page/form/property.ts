/** One parameter, as its JSON Schema describes it. */
export interface Property {
  readonly type?: string;
  readonly anyOf?: readonly Property[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** The input of a parameter. */
export type Control =
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly nullable: boolean }
  | {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly kind: 'switch' }
  /** Anything else is written as JSON. */
  | { readonly kind: 'json' };

/** The input of a parameter, determined by its schema alone, so that a parameter unknown to the page gets its field too. */
export function controlOf(property: Property): Control {
  const choices = (property.anyOf ?? [property]).filter(({ type }) => type !== 'null');
  const nullable = choices.length < (property.anyOf?.length ?? 0);
  const [one] = choices;
  if (choices.length !== 1 || one === undefined) return { kind: 'json' };
  if (one.enum) return { kind: 'choice', options: one.enum, nullable };
  if (one.type === 'boolean') return { kind: 'switch' };
  if (one.type === 'number' || one.type === 'integer') {
    return {
      kind: 'number',
      whole: one.type === 'integer',
      min: one.minimum ?? one.exclusiveMinimum,
      max: one.maximum,
    };
  }
  return { kind: 'json' };
}
