import type { IssueCode, Json } from '@sync/domain';

/** Perfex cannot take what was asked for; nothing of it is written, and a person is told why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: IssueCode,
    readonly meta: { readonly [key: string]: Json },
  ) {
    super(`refused with ${code}`);
  }
}

/** Refused for what is in the record; `reason` is a sentence part without personal data. */
export function refused(reason: string): Refusal {
  return new Refusal('REFUSED_BY_CRM', { reason });
}

/** Somebody changed the record since it was read. */
export class Changed extends Error {
  override readonly name = 'Changed';
}
