/** What the reading side would take for an entity, and so decode. */
const ENTITY_BEGINS = /&(?=#?\w{1,8};)/g;
/** What a browser takes for the beginning of a tag or a comment: it must stay text. */
const TAG_BEGINS = /<(?=[a-z/!?])/gi;

/** A plain text of one line as Perfex stores it: read again it is the same, and nothing in it acts as HTML. */
export function perfexLine(text: string | null): string | null {
  return text === null ? null : text.replace(ENTITY_BEGINS, '&amp;').replace(TAG_BEGINS, '&lt;');
}

/** The same for a text of several lines, whose ends Perfex stores as breaks. */
export function perfexText(text: string | null): string | null {
  return perfexLine(text)?.replaceAll('\n', '<br />\n') ?? null;
}
