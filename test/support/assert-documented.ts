import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parseNpyHeader, parseNpzSync } from 'numpy-ts';
import type { Response } from 'supertest';

// Checks responses against the committed OpenAPI document: nothing undocumented leaves the service.

const document = JSON.parse(readFileSync(new URL('../../openapi/openapi-full.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { 'date-time': true, double: true, int64: true, uuid: true },
});
ajv.addSchema({ $id: 'openapi', ...document });
/** An .npz holds no array that its description does not name; an .npy is one. */
function assertNamed(body: unknown, type: string, description: string): void {
  assert.ok(body instanceof Uint8Array, 'ask for a binary answer with responseType("blob")');
  if (type === 'application/x-npy') assert.equal(parseNpyHeader(body).dataOffset % 64, 0);
  else {
    const { arrays, skipped } = parseNpzSync(body, { force: true }); // numpy-ts does not read words
    for (const name of [...arrays.keys(), ...skipped]) {
      assert.ok(description.includes(`\`${name.replace(/_\d+$/, '_0')}\``), `the document names no array ${name}`);
    }
  }
}

const compiled = new Map<string, ValidateFunction>();

/** Fails unless the document has this status and media type for the route, and the body fits the schema it gives. */
export function assertDocumented(response: Response, method: 'get' | 'post' | 'put' | 'delete', path: string): void {
  const answers = document.paths[path]?.[method]?.responses;
  assert.ok(answers, `${method} ${path} is not in the OpenAPI document`);
  const type = (response.headers['content-type'] as string).split(';')[0] as string;
  const range = `${Math.floor(response.status / 100)}XX`;
  const key = answers[response.status] ? String(response.status) : range;
  const place = answers[key]?.$ref
    ? answers[key].$ref.slice('#/'.length).split('/')
    : ['paths', path, method, 'responses', key];
  const answer = place.reduce((part: Record<string, unknown>, step: string) => part?.[step], document);
  assert.ok(answer, `${method} ${path} documents no ${response.status}`);
  if (key === range) {
    const line = `- ${response.status} \`${response.body.code}\`: `;
    assert.ok(answer.description.includes(line), `${method} ${path} documents no ${line}`);
  }
  const found = answer.content?.[type];
  assert.ok(found, `${method} ${path} documents no ${type} for ${response.status}`);
  if (found.schema?.format === 'binary') {
    assertNamed(response.body, type, found.schema.description);
    return;
  }
  const steps = [...place, 'content', type, 'schema'];
  const ref = `openapi#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, validate);
  assert.ok(validate(response.body), `${method} ${path} ${response.status}: ${ajv.errorsText(validate.errors)}`);
}
