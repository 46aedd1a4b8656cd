const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be one of our ids; Postgres answers anything else with an error, not with nothing. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
