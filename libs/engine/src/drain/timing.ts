/** A writing call that has not answered after this is given up, and its outcome is unknown. */
export const WRITE_DEADLINE_MS = 60_000;

/** After a known end without an answer (a 500, a reset): time for Xero to finish what it may still be doing. */
export const QUIET_AFTER_FAILURE_MS = 5_000;

/** After sending, when nobody knows how the call ended (its worker died): the deadline and some. */
export const QUIET_AFTER_SENDING_MS = WRITE_DEADLINE_MS + QUIET_AFTER_FAILURE_MS;

/** The same key and bytes are one write for six minutes in Xero; a minute of it is left as a margin. */
export const SAME_KEY_MS = 5 * 60_000;

/** A lease that is not renewed for so long may be taken over. */
export const LEASE_MS = 10_000;

/** How often a lease is renewed. */
export const LEASE_RENEWAL_MS = 3_000;

/** After so long a drain looks around, and makes room for others who wait. */
export const DRAIN_MS = 10_000;

/** The same after so many writing calls. */
export const DRAIN_CALLS = 8;

/** Writing calls under way at once. */
export const PARALLEL_CALLS = 4;

/** Identity keys of Xero's records that are older than this are read again before a record is created. */
export const IDENTITIES_FRESH_MS = 15 * 60_000;

/** The same where nothing but its facts tells that a person entered the record meanwhile: twice, it is money twice. */
export const FACTS_FRESH_MS = 60_000;

/** Before a record of Xero is written over that may hold changes for the CRM, the copy must be as recent as this. */
export const OVERWRITE_FRESH_MS = 5_000;

/** The same later in one drain: one that writes for long lists what it wrote itself, and would do little else. */
export const OVERWRITE_AGAIN_MS = 60_000;

/** Read again behind a checkpoint: Xero compares whole seconds, and clocks differ. */
export const OVERLAP_MS = 5 * 60_000;

/** Reference data older than this is read again. */
export const REFERENCE_FRESH_MS = 24 * 60 * 60_000;

/** No record is parked by reference data that is older than this. */
export const REFERENCE_PROVEN_MS = 15 * 60_000;

/** The same for a record that was parked before: nobody mends Xero's settings and retries within less. */
export const REFERENCE_RETRY_MS = 30_000;

/** What Xero refused is sent again after this even where nothing seems to have changed. */
export const REFUSED_AGAIN_MS = 24 * 60 * 60_000;

/** A CRM may post an event before it commits: what decides to nothing is looked at once more after this. */
export const LOOK_AGAIN_MS = 30_000;

/** What another record takes the place of, or the CRM changed meanwhile, is looked at again after this. */
export const LATER_MS = 5_000;
