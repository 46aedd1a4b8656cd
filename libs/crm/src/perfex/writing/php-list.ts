/** A list of texts as PHP serializes it; lengths count bytes. */
export function phpList(texts: readonly string[]): string {
  const items = texts.map((text, index) => `i:${index};s:${Buffer.byteLength(text)}:"${text}";`);
  return `a:${texts.length}:{${items.join('')}}`;
}
