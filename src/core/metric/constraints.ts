import { z } from 'zod';

/**
 * tslearn's constraint parameters. Every metric with a band spreads them into its own parameters.
 */
export const constraintParams = {
  global_constraint: z.enum(['itakura', 'sakoe_chiba']).nullable().default(null).meta({
    description: 'Which cells a path may use. Default: the constraint whose parameter is given, otherwise none.',
  }),
  sakoe_chiba_radius: z.int().min(0).max(1e9).nullable().default(null).meta({
    'x-name': 'SakoeChibaRadius',
    description:
      'Sakoe-Chiba radius in time steps (1 if only global_constraint is given). For unequal lengths, the band is |n - m| wider along the longer series, so every radius is feasible.',
  }),
  itakura_max_slope: z.number().min(1).max(1e9).nullable().default(null).meta({
    'x-name': 'ItakuraMaxSlope',
    description: 'Largest slope of the Itakura parallelogram (2 if only global_constraint is given).',
  }),
};
