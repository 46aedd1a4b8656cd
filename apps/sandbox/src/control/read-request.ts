import type { Request } from 'express';
import { z } from 'zod';

/** A request to the control routes that cannot be carried out. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The body of a request in the form of the schema; a 400 that says what is wrong otherwise. */
export function read<T extends z.ZodType>(schema: T, request: Request): z.output<T> {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  throw new ControlError(400, z.prettifyError(parsed.error));
}

/** A query parameter; null when it was not sent or is empty. */
export function textOf(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
