/** One element of a request breaks rules; the messages are Xero's own words wherever they are known. */
export class ElementRefused extends Error {
  constructor(readonly messages: readonly string[]) {
    super(messages.join(' '));
  }
}

/** The request names an id that was never issued here: Xero answers 404 to the whole of it and writes nothing. */
export class UnknownId extends Error {
  constructor(what: string, id: string) {
    super(`There is no ${what} with the id ${id}.`);
  }
}

/** The body does not have the form of the resource: 400 `PostDataInvalidException` for the whole request. */
export class BadBody extends Error {}

/** A `where` or `order` that cannot be read: 400 `QueryParseException`. */
export class BadQuery extends Error {}

/** Gives up on this element. */
export function refuse(...messages: string[]): never {
  throw new ElementRefused(messages);
}

/** Gives up on this element if anything was found. */
export function refuseIfAny(messages: readonly (string | false | null | undefined)[]): void {
  const found = messages.filter((message): message is string => typeof message === 'string');
  if (found.length > 0) throw new ElementRefused(found);
}
