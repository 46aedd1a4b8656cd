import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';
import { FACTS_DIR } from '../../libs/xero/src/testing/facts.js';
import type { RecordedRequest } from './recording-proxy.js';

/** Where Xero's published description of its Accounting API is, among the facts. */
export const DESCRIPTION = 'spec/xero_accounting.yaml';

const parameter = z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional() });
const reference = z.object({ $ref: z.string() });
const operation = z.looseObject({
  parameters: z.array(z.union([parameter, reference])).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.object({ schema: reference })) }).optional(),
});
const description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({
    parameters: z.record(z.string(), parameter),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

/** What is wrong with a request, by the description; empty: nothing. */
export type Judge = (request: RecordedRequest) => string[];

/** The description of a path, which may stand there with names in place of ids. */
function pathOf<T>(paths: Readonly<Record<string, T>>, pathname: string): T | undefined {
  const named = Object.keys(paths).find((path) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  return paths[pathname] ?? (named === undefined ? undefined : paths[named]);
}

/** Reads the description. Its objects know no fields but those that it names, so that a misspelt one is found. */
export function loadJudge(): Judge {
  const loaded = description.parse(parse(readFileSync(resolve(FACTS_DIR, DESCRIPTION), 'utf8')));
  for (const schema of Object.values(loaded.components.schemas)) {
    if (schema['properties'] !== undefined) schema['additionalProperties'] = false;
  }
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true })).addSchema(loaded, 'xero');
  const parametersOf = ({ parameters }: z.output<typeof operation>) =>
    parameters.flatMap((one) => {
      const found = '$ref' in one ? loaded.components.parameters[lastOf(String(one.$ref))] : one;
      return found === undefined ? [] : [found as z.output<typeof parameter>];
    });
  return ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://xero');
    const path = pathOf(loaded.paths, pathname.replace('/api.xro/2.0', ''));
    const found = path?.[method.toLowerCase()];
    if (path === undefined || found === undefined) return [`${method} ${pathname} is not described`];
    const described = operation.parse(found);
    const known = [...parametersOf(operation.parse(path)), ...parametersOf(described)];
    const schema = described.requestBody?.content['application/json']?.schema.$ref;
    return [
      ...[...searchParams.keys()]
        .filter((name) => !known.some((one) => one.name === name))
        .map((name) => `the parameter ${name} is not described`),
      ...known
        .filter((one) => one.required === true && one.in === 'header' && !(one.name.toLowerCase() in headers))
        .map(({ name }) => `the header ${name} is missing`),
      ...(schema === undefined ? [] : bodyErrors(ajv.compile({ $ref: `xero${schema}` }), body)),
    ];
  };
}

function lastOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}

function bodyErrors(validate: ValidateFunction, body: string): string[] {
  validate(JSON.parse(body));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
