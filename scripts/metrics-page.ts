import { z } from 'zod';
import { evaluate, type MetricRecord, metrics } from '../src/core/index.ts';
import { gradientBy } from '../src/core/metric/smoothing.ts';
import { operations } from '../src/server/operations/index.ts';
import { rounded } from '../src/server/schemas/rounded.ts';
import { notation } from './metrics-notation.ts';

/** docs/metrics.md: every metric, generated from its record. */
export function metricsPage(): string {
  const contents = metrics.map(({ name, title }) => `* [\`${name}\`](#${name}): ${title}`).join('\n');
  return `# Metrics

Generated from the records in \`src/core/metrics\` by \`npm run docs\`. Together with the notation, each definition is complete. Tests
compute every metric that is an alignment from its definition, by walking all paths, and work out every example.

${contents}

${notation}
${metrics.map(section).join('\n')}`;
}

function section(record: MetricRecord): string {
  const { name, title, summary, definition, differences, source, backends, gives, laws } = record;
  const routes = operations
    .filter(({ appliesTo }) => appliesTo(record))
    .map(({ suffix }) => `\`POST /${name}${suffix}\``);
  const example = { s1: [1, 2, 3], s2: [3, 4, -3] };
  const extras = Object.fromEntries(gives.map((extra) => [extra, true]));
  const query = gives.length > 0 ? `?${gives.map((extra) => `${extra}=true`).join('&')}` : '';
  return `## ${name}

${title}. ${summary}

${definition.map((line) => `    ${line}`).join('\n')}
${differences ? `\nCompared with tslearn and aeon: ${differences}\n` : ''}
${workedExample(record)}
| | |
|---|---|
| Source | ${source} |
| Routes | ${routes.join(', ')} |
| Gradient with respect to | ${
    gradientBy(record)
      .map((by) => `\`${by}\``)
      .join(', ') || 'none'
  } |
| Flags | ${gives.map((extra) => `\`${extra}\``).join(', ') || 'none'} |
| Backends | ${backends.join(', ')} |
| Properties | ${laws.join(', ') || 'none'} |

${parameters(record)}
\`\`\`console
$ curl -s 'localhost:8080/${name}${query}' -H 'content-type: application/json' -d '${JSON.stringify(example)}'
${JSON.stringify(rounded(evaluate(record, example.s1, example.s2, {}, extras)))}
\`\`\`
`;
}

function workedExample({ example: { s1, s2, params = {}, steps } }: MetricRecord): string {
  const given = Object.entries({ x: s1, y: s2, ...params }).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  return `Worked example, ${given.join(', ')}:\n\n${steps.map((step) => `    ${step}`).join('\n')}\n`;
}

function parameters({ params }: MetricRecord): string {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' });
  const rows = Object.entries(properties).map(([name, given]) => {
    const { description = '', default: fallback, ...type } = given as { description?: string; default?: unknown };
    return `| \`${name}\` | ${typeName(type)} | ${JSON.stringify(fallback ?? null)} | ${description.replaceAll('|', '\\|')} |`;
  });
  return `| Parameter | Type | Default | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

interface Type {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Type[];
  readonly items?: Type;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

function typeName({ type, items, enum: values, anyOf, minimum, exclusiveMinimum }: Type): string {
  if (items) return items.items ? 'rows of numbers' : 'list of numbers';
  if (anyOf) return anyOf.map(typeName).join(' or ');
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (exclusiveMinimum !== undefined) return `${type} > ${exclusiveMinimum}`;
  return minimum !== undefined && minimum > -1e15 ? `${type} >= ${minimum}` : String(type);
}
