/** Where the engine tells what it does: ids, counts and codes; never names, amounts, secrets. */
export interface EngineLog {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}
