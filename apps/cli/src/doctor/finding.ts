/** One thing that was looked at. */
export interface Finding {
  /** What it concerns: `database`, the name of an organization. */
  about: string;
  /** `warning`: it works, but should be known; `wrong`: something does not work. */
  state: 'ok' | 'warning' | 'wrong';
  text: string;
  /** What to do; null where nothing is to be done. */
  advice: string | null;
}

/** It is as it should be. */
export function fine(about: string, text: string): Finding {
  return { about, state: 'ok', text, advice: null };
}

/** It works, but should be known. */
export function doubtful(about: string, text: string, advice: string | null = null): Finding {
  return { about, state: 'warning', text, advice };
}

/** It does not work. */
export function wrong(about: string, text: string, advice: string): Finding {
  return { about, state: 'wrong', text, advice };
}
