/** A write that the rules of the CRM forbid. */
export class WriteRefusal extends Error {
  override readonly name = 'WriteRefusal';

  /** `code` is a stable word, `message` a sentence for people. */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
