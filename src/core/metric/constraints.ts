import { z } from 'zod';

/**
 * The constraint parameters, tslearn's. Every metric with a band spreads them into its own parameters.
 */
export const constraintParams = {
  global_constraint: z.enum(['itakura', 'sakoe_chiba']).nullable().default(null).meta({
    description:
      'Which cells a path may use. Absent: implied by the one constraint parameter that is given, else no constraint.',
  }),
  sakoe_chiba_radius: z.int().min(0).max(1e9).nullable().default(null).meta({
    description:
      'Sakoe-Chiba radius in time steps (1 when only the constraint is named). For unequal lengths the longer side gets |n - m| more, so every radius is feasible.',
  }),
  itakura_max_slope: z.number().min(1).max(1e9).nullable().default(null).meta({
    description: 'Largest slope of the Itakura parallelogram (2 when only the constraint is named).',
  }),
};
