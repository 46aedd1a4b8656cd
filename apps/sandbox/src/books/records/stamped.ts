/** What every kept record has: its key and when it last changed (ms, sandbox time). */
export interface Stamped {
  readonly id: string;
  readonly updatedAt: number;
}
