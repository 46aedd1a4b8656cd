const MARKER = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[.:~_-]\d+)?$/i;

/** Whether a text has the form of a marker: a binding's id, from the second generation on with its number. */
export function isMarker(text: string): boolean {
  return MARKER.test(text);
}

/** Where a link with this marker leads; null when Xero would not take it, so that the Reference must carry the marker. */
export function markerUrl(publicUrl: string | null, marker: string): string | null {
  // Xero refuses a Url that contains its own name.
  if (publicUrl === null || publicUrl.toLowerCase().includes('xero')) return null;
  return `${publicUrl.replace(/\/+$/, '')}/r/${marker}`;
}

/** The marker in a document's link, if it has one of ours. */
export function markerOfUrl(url: string | null | undefined): string | null {
  const last = /\/r\/([^/?#]+)$/.exec(url ?? '')?.[1];
  return last !== undefined && isMarker(last) ? last : null;
}

/** Puts the marker in front of a reference: it must survive when the text is cut. */
export function markedReference(marker: string, reference: string | null): string {
  return reference === null || reference === '' ? marker : `${marker} ${reference}`;
}

/** Splits a Reference into our marker, if it leads, and the customer's own text. */
export function splitReference(reference: string | null | undefined): {
  marker: string | null;
  text: string | null | undefined;
} {
  if (reference === null || reference === undefined) return { marker: null, text: reference };
  const [first = '', ...rest] = reference.trim().split(/\s+/);
  const marker = isMarker(first) ? first : null;
  const text = marker === null ? reference.trim() : rest.join(' ');
  return { marker, text: text === '' ? null : text };
}
