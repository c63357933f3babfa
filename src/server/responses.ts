import { type Code, catalogue } from './errors.ts';
import { problem } from './schemas.ts';

/** The documented error answers of a route: one per status, naming the codes it may carry. */
export function problemResponses(codes: readonly Code[]) {
  const byStatus = Map.groupBy(codes, (code) => catalogue[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${catalogue[code][1]} (\`${code}\`)`).join('. '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}
