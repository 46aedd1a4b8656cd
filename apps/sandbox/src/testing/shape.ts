/** What a set of JSON values has in common: their types, and for objects which keys are always there. */
export interface Shape {
  readonly types: ReadonlySet<string>;
  readonly keys: ReadonlyMap<string, { readonly shape: Shape; readonly always: boolean }>;
  readonly elements: Shape | null;
}

/** The shape of all these values together. */
export function shapeOf(values: readonly unknown[]): Shape {
  const objects = values.filter(isObject);
  const names = new Set(objects.flatMap((one) => Object.keys(one)));
  const keys = [...names].map((name) => {
    const having = objects.filter((one) => name in one);
    return [
      name,
      { shape: shapeOf(having.map((one) => one[name])), always: having.length === objects.length },
    ] as const;
  });
  const elements: unknown[] = values.filter(Array.isArray).flat();
  return {
    types: new Set(values.map(typeOf)),
    keys: new Map(keys),
    elements: elements.length > 0 ? shapeOf(elements) : null,
  };
}

/** Where values differ from recorded ones: a key that is always recorded is missing, a key is unknown, a type is another. */
export function differences(recorded: Shape, ours: Shape, allowed: ReadonlySet<string>, path = ''): string[] {
  const types = [...ours.types]
    .filter((type) => !recorded.types.has(type))
    .map((type) => `${path} is a ${type}`);
  const missing = [...recorded.keys]
    .filter(
      ([name, { always }]) => always && ours.keys.get(name)?.always !== true && ours.types.has('object'),
    )
    .map(([name]) => `${path}.${name} is missing`);
  const unknown = [...ours.keys.keys()]
    .filter((name) => !recorded.keys.has(name) && !allowed.has(name))
    .map((name) => `${path}.${name} is unknown`);
  const deeper = [...ours.keys].flatMap(([name, { shape }]) => {
    const known = recorded.keys.get(name);
    return known ? differences(known.shape, shape, allowed, `${path}.${name}`) : [];
  });
  const inside =
    recorded.elements && ours.elements
      ? differences(recorded.elements, ours.elements, allowed, `${path}[]`)
      : [];
  return [...types, ...missing, ...unknown, ...deeper, ...inside];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' && /^\/Date\(-?\d+(\+0000)?\)\/$/.test(value)) return 'wire date';
  return typeof value;
}
