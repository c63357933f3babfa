import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { metrics } from '../../../src/core/index.ts';

type Part = Record<string, unknown>;

const read = (name: string): Part =>
  JSON.parse(readFileSync(new URL(`../../../openapi/${name}`, import.meta.url), 'utf8'));

const documents = { 'openapi.json': read('openapi.json'), 'openapi-full.json': read('openapi-full.json') };
const standard = documents['openapi.json'];

/** Every schema of a document, with where it is; what examples hold is none. */
function schemasIn(document: Part): [place: string, schema: Part][] {
  const found: [string, Part][] = [];
  const visit = (part: unknown, place: string): void => {
    if (typeof part !== 'object' || part === null) return;
    found.push([place, part as Part]);
    for (const [key, one] of Object.entries(part)) {
      if (!['example', 'examples', 'default', 'enum'].includes(key)) visit(one, `${place}/${key}`);
    }
  };
  visit(document, '#');
  return found;
}

/** What a reference stands for. */
const resolved = (part: Part, document: Part): Part => {
  if (typeof part.$ref !== 'string') return part;
  return part.$ref
    .split('/')
    .slice(1)
    .reduce((found, step) => found[step] as Part, document);
};

const operationsOf = ({ paths }: Part): [place: string, operation: Part][] =>
  Object.entries(paths as Part).flatMap(([path, methods]) =>
    Object.entries(methods as Part).map(([method, one]) => [`${method} ${path}`, one as Part] as [string, Part]),
  );

/** The bodies and answers of an operation: by media type, with their places. */
function mediaOf([place, { requestBody = {}, responses }]: [string, Part], document: Part): [string, string, Part][] {
  const all = [
    ['body', requestBody as Part] as const,
    ...Object.entries(responses as Part).map(([status, one]) => [status, resolved(one as Part, document)] as const),
  ];
  return all.flatMap(([what, { content = {} }]) =>
    Object.entries(content as Part).map(
      ([type, media]) => [`${place} ${what}`, type, media as Part] as [string, string, Part],
    ),
  );
}

for (const [name, document] of Object.entries(documents)) {
  describe(name, () => {
    it('says of every number how wide it is, and of every whole one how large', () => {
      for (const [place, { type, format, minimum, maximum }] of schemasIn(document)) {
        const types = [type].flat();
        if (types.includes('number')) assert.equal(format, 'double', place);
        if (!types.includes('integer')) continue;
        assert.equal(format, 'int64', place);
        assert.ok(typeof minimum === 'number' && typeof maximum === 'number', `${place} has no bounds`);
      }
      const { schemas } = document.components as { schemas: { Problem: { properties: { status: Part } } } };
      const { minimum, maximum } = schemas.Problem.properties.status;
      assert.deepEqual([minimum, maximum], [400, 599]);
    });

    it('has a name for each body and answer in JSON and for each enum, and none that nothing uses', () => {
      for (const one of operationsOf(document)) {
        for (const [place, type, { schema }] of mediaOf(one, document)) {
          const isBytes = (schema as Part).format === 'binary' && document !== standard; // an upload
          if (type.endsWith('json') && place !== 'get /jobs/{id}/result 200' && !isBytes) {
            assert.match(String((schema as Part).$ref), /^#\/components\/schemas\/\w+$/, place);
          }
        }
      }
      for (const [place, schema] of schemasIn(document)) {
        if (Array.isArray(schema.enum)) assert.match(place, /^#\/components\/schemas\/\w+$/);
      }
      const text = JSON.stringify(document);
      for (const [kind, all] of Object.entries(document.components as Record<string, Part>)) {
        for (const component of Object.keys(all)) {
          if (kind !== 'securitySchemes') assert.ok(text.includes(`"#/components/${kind}/${component}"`), component);
        }
      }
    });

    it('has each schema once', () => {
      const places = new Map<string, string>();
      for (const [component, schema] of Object.entries((document.components as { schemas: Part }).schemas)) {
        const { description: _, ...rest } = schema as Part;
        const other = places.get(JSON.stringify(rest));
        const isReference = JSON.stringify(rest).length < 120; // a string or a number is not the same for being one
        assert.ok(other === undefined || isReference, `${component} is ${other}`);
        places.set(JSON.stringify(rest), component);
      }
    });

    it('has examples that fit their schemas', () => {
      const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
      ajv.addSchema({ $id: 'openapi', ...document });
      let count = 0;
      for (const one of operationsOf(document)) {
        for (const [place, , { schema, example, examples = {} }] of mediaOf(one, document)) {
          const values = Object.values(examples as Part).map((each) => resolved(each as Part, document).value);
          for (const value of [...values, ...(example === undefined ? [] : [example])]) {
            const validate = ajv.compile({ $ref: `openapi${(schema as Part).$ref}` });
            assert.ok(validate(value), `${place}: ${ajv.errorsText(validate.errors)}`);
            count++;
          }
        }
      }
      assert.ok(count > 3 * metrics.length, `${count} examples`);
    });

    it('says of a series which form it has, and the forms exclude each other', () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema({ $id: 'openapi', ...document });
      const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Series' });
      for (const one of [[1, 2], [[1], [2]], { dataset: 'gunpoint', index: 3 }]) assert.ok(validate(one), String(one));
      for (const one of [[], [[]], [1, [2]], ['1'], {}, null, { dataset: 'gunpoint' }]) assert.ok(!validate(one));
      for (const one of [
        [1, null],
        [null],
        [
          [1, 2],
          [null, null],
        ],
      ]) {
        assert.equal(validate(one), document !== standard, JSON.stringify(one));
      }
    });
  });
}

describe('openapi.json, for generators', () => {
  it('has at most 270 KB as it is served', () => {
    assert.ok(Buffer.byteLength(JSON.stringify(standard)) <= 270_000);
  });

  it('has every operation of the full one, and only JSON where that has JSON', () => {
    const places = (document: Part) => operationsOf(document).map(([place]) => place);
    assert.deepEqual(places(standard), places(documents['openapi-full.json']));
    for (const one of operationsOf(standard)) {
      const types = Map.groupBy(mediaOf(one, standard), ([place]) => place);
      for (const [place, media] of types) {
        assert.equal(media.length, 1, place);
        assert.match(media[0]?.[1] as string, /^(application\/(problem\+)?json|text\/event-stream)$/, place);
      }
    }
  });

  it('takes a null for no parameter', () => {
    for (const [place, { type }] of schemasIn(standard)) {
      if (place.includes('Request/')) assert.ok(![type].flat().includes('null'), place);
    }
  });
});

describe('openapi-full.json', () => {
  it('declares every scalar that goes into the query with an .npz', () => {
    const full = documents['openapi-full.json'];
    const paths = full.paths as Record<'/dtw/cdist' | '/adtw', { post: { parameters: Part[] } }>;
    const names = (path: keyof typeof paths) => paths[path].post.parameters.map((one) => resolved(one, full).name);
    assert.deepEqual(
      names('/dtw/cdist').filter((name) => !['prefer', 'idempotency-key'].includes(name as string)),
      [
        'grad',
        'dataset1',
        'dataset2',
        'be',
        'layout',
        'metric',
        'p',
        'global_constraint',
        'sakoe_chiba_radius',
        'itakura_max_slope',
        'compute_with_backend',
      ],
    );
    for (const name of ['grad', 'path', 'gamma', 'warp_penalty']) assert.ok(names('/adtw').includes(name), name);
  });
});

describe('openapi-agents.json', () => {
  const agents = read('openapi-agents.json');
  const generic = Object.entries(agents.paths as Record<string, { post: Part }>);

  it('has every operation on metrics once, with the metrics that have it', () => {
    const paths = generic.flatMap(([path, { post }]) => {
      const [metric] = post.parameters as [{ name: string; schema: Part }];
      assert.equal(metric.name, 'metric_name');
      const names = resolved(metric.schema, agents).enum as string[];
      return names.map((name) => path.replace('{metric_name}', name));
    });
    const all = Object.keys(standard.paths as Part).filter((path) =>
      metrics.some(({ name }) => path.split('/')[1] === name),
    );
    assert.deepEqual(paths.toSorted(), all.toSorted());
  });

  it('has the fields and flags of each metric, and requires no more than all of them require', () => {
    const fieldsOf = (schema: Part): string[] => [
      ...Object.keys((schema.properties ?? {}) as Part),
      ...((schema.allOf ?? []) as Part[]).flatMap((one) => fieldsOf(resolved(one, agents))),
    ];
    const own = new Map(operationsOf(standard));
    for (const [path, { post }] of generic) {
      const body = (post.requestBody as { content: { 'application/json': { schema: Part } } }).content[
        'application/json'
      ];
      const [metric, ...flags] = post.parameters as [{ schema: Part }, ...Part[]];
      for (const name of resolved(metric.schema, agents).enum as string[]) {
        const operation = own.get(`post ${path.replace('{metric_name}', name)}`) as Part;
        const [[, , { schema }]] = mediaOf(['', operation], standard) as [[string, string, { schema: Part }]];
        const missing = Object.keys(resolved(schema, standard).properties as Part).filter(
          (field) => !fieldsOf(body.schema).includes(field),
        );
        assert.deepEqual(missing, [], path);
        for (const flag of (operation.parameters ?? []) as Part[]) {
          assert.ok(flags.some((one) => one.name === resolved(flag, standard).name));
        }
      }
    }
  });

  it('has at most 8,000 tokens, of 3.5 characters or more', () => {
    assert.ok(JSON.stringify(agents).length <= 8000 * 3.5);
  });
});
