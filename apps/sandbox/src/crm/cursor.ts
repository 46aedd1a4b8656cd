/** Where a reader stands: the books it read, and the number of the last change that it saw. */
interface CrmCursor {
  epoch: string;
  seq: number;
}

/** The cursor as text that readers must not look into. */
export function cursorText({ epoch, seq }: CrmCursor): string {
  return Buffer.from(`${epoch} ${seq}`).toString('base64url');
}

/** Reads a cursor; null for text that is none. */
export function readCursor(text: string): CrmCursor | null {
  const [epoch, number, ...rest] = Buffer.from(text, 'base64url').toString().split(' ');
  if (epoch === undefined || number === undefined || rest.length > 0 || !/^\d{1,15}$/.test(number))
    return null;
  return { epoch, seq: Number(number) };
}
