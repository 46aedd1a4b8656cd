import type { EncodeRequest, XeroRecord } from '@sync/engine';
import { sends } from './codec.js';
import { markedReference, splitReference } from './marker.js';
import { fit } from './wire-values.js';

const NOTE = /\s*\(dated (\d{4}-\d{2}-\d{2}) in the CRM\)$/;
const REFERENCE_LENGTH = 255;

/** On which day a record is booked in Xero. */
export interface Booking {
  /** `YYYY-MM-DD`. */
  date: string;
  /** What the Reference says of the record's own date; null: it is that. */
  note: string | null;
}

type Dated = Pick<EncodeRequest, 'action' | 'changed' | 'held' | 'references'> & { record: { date: string } };

/** A date before the first open day is moved to that one. A moved record stays where it is until its own date changes. */
export function bookingOf({ action, changed, held, references, record: { date } }: Dated): Booking {
  const { openFrom } = references;
  const before = action === 'update' && typeof held?.['movedTo'] === 'string' ? held['movedTo'] : null;
  const now = openFrom !== null && date < openFrom ? (before ?? openFrom) : null;
  const moved = sends({ action, changed }, 'date') ? now : before;
  return moved === null ? { date, note: null } : { date: moved, note: `(dated ${date} in the CRM)` };
}

/** A Reference of at most 255 characters: marker and note must be in it, whatever is cut off the text between them. */
export function bookedReference(
  marker: string | null,
  reference: string | null,
  { note }: Pick<Booking, 'note'>,
): string {
  const text = marker === null ? (reference ?? '') : markedReference(marker, reference);
  if (note === null) return fit(text, REFERENCE_LENGTH);
  return `${fit(text, REFERENCE_LENGTH - note.length - 1)} ${note}`.trimStart();
}

/** What Xero says of a record's date and reference, as it would be if its date had not been moved. */
export interface AsDated {
  marker: string | null;
  text: string | null | undefined;
  date: string | null | undefined;
  /** The day on which Xero has it, where that is another one; else empty. */
  moved: XeroRecord['owned'];
}

/** Reads date and Reference of whatever may have been moved. */
export function asDated(wire: {
  Date: string | null | undefined;
  Reference?: string | null | undefined;
}): AsDated {
  const { Date: date, Reference } = wire;
  const dated = NOTE.exec(Reference ?? '')?.[1];
  if (dated === undefined) return { ...splitReference(Reference), date, moved: {} };
  return { ...splitReference(Reference?.replace(NOTE, '')), date: dated, moved: { movedTo: date } };
}
