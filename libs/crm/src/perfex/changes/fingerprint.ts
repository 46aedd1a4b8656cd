/** How many ids share a bucket: as many as a page may list, so that no bucket of a first sweep is looked into twice. */
export const BUCKET_SIZE = 1000;

/** What a set of rows comes to: unlike in any two states of the data, whatever the order of the rows. */
export interface Fingerprint {
  /** XOR of the 64-bit hashes of the rows. */
  xor: bigint;
  /** Number of rows: two rows that cancel each other out still count. */
  rows: number;
}

/** No rows at all. */
export const EMPTY: Fingerprint = { xor: 0n, rows: 0 };

/** The fingerprint of both sets of rows together. */
export function combine(a: Fingerprint, b: Fingerprint): Fingerprint {
  return { xor: a.xor ^ b.xor, rows: a.rows + b.rows };
}

/** As it is stored. */
export function fingerprintText({ xor, rows }: Fingerprint): string {
  return `${xor.toString(16).padStart(16, '0')}:${rows}`;
}

/**
 * A 64-bit hash of a row, as SQL. Each value carries its length and a NULL is written out, so that neither a shifted
 * NULL nor text that moves from one column to the next goes unnoticed. The first value must be the row's primary key:
 * else two equal rows would cancel each other out. As bytes, since old installations mix character sets, and a table
 * converted to another one must not count as changed for plain text.
 */
export function rowHash(values: readonly string[]): string {
  const parts = values.map((value) => `ifnull(concat(length(${value}), ':', cast(${value} as binary)), '~')`);
  return `cast(conv(left(md5(concat(${parts.join(', ')})), 16), 16, 10) as unsigned)`;
}
