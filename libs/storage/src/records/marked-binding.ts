/**
 * The binding that the marker of `x` names, as an id and not as text, which no index would help with; null: it is no
 * marker of a binding.
 */
export const MARKED_BINDING = `
  substring(split_part(lower(x.marker), '.', 1) from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$')::uuid`;
