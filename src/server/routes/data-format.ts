import type { FastifyRequest } from 'fastify';
import type { Format } from '../formats/format.ts';
import { formatOf, formats } from '../formats/index.ts';
import { JSON_TYPE } from '../http/media-types.ts';
import { binary } from '../schemas/binary.ts';
import { datasetContent } from '../schemas/datasets.ts';

/** A data set in any format, as the body of a response. */
export const CONTENT = Object.fromEntries(
  formats.map(({ mediaTypes: [type] }) => [type, { schema: type === JSON_TYPE ? datasetContent : binary }]),
);

/** The format in which a data set is sent: the one that `?format=` names, or that of Accept; JSON by default. */
export function formatAccepted(request: FastifyRequest, name: string | undefined): Format {
  const accepted = request.accepts().type(formats.flatMap(({ mediaTypes }) => mediaTypes));
  const mediaType = request.headers.accept === undefined || accepted === false ? JSON_TYPE : String(accepted);
  return formatOf(name === undefined ? { mediaType } : { name }) as Format;
}
