/** Cuts a list into pieces, so that no statement grows without bound. */
export function chunks<Item>(items: readonly Item[], size = 1000): Item[][] {
  const pieces: Item[][] = [];
  for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
  return pieces;
}
