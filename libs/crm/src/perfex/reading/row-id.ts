/** Perfex's keys are signed 32-bit integers. */
const HIGHEST_ID = 2_147_483_647;

/** The key of a row; null for what is no id of Perfex. */
export function rowIdOf(id: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(id)) return null;
  const rowId = Number(id);
  return rowId <= HIGHEST_ID ? rowId : null;
}
