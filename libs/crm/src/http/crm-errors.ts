import { SyncError } from '@sync/domain';

/** The CRM cannot be reached for now; `reason` is a sentence part without secrets. */
export function unreachable(reason: string, details: { cause?: unknown; retryAt?: Date } = {}): SyncError {
  return new SyncError('transient', `The CRM cannot be reached: ${reason}.`, {
    code: 'CRM_UNREACHABLE',
    meta: { reason },
    ...details,
  });
}

/** Trying again does not help: somebody has to correct the address. */
export function addressRefused(reason: string): SyncError {
  return new SyncError('validation', `The address of the CRM cannot be used: ${reason}.`, {
    code: 'CRM_ADDRESS_REFUSED',
    meta: { reason },
  });
}

/** The CRM does not accept the key. */
export function keyRefused(reason: string): SyncError {
  return new SyncError('auth', `The CRM refuses the key: ${reason}.`, {
    code: 'CRM_ACCESS_REFUSED',
    meta: { reason },
  });
}

/** The answer is not what the contract says; `reason` tells what and where. */
export function unreadable(reason: string, cause?: unknown): SyncError {
  return new SyncError('validation', `The answer of the CRM cannot be read: ${reason}.`, {
    code: 'CRM_ANSWER_UNREADABLE',
    meta: { reason },
    cause,
  });
}
