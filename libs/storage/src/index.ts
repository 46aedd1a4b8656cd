export { RuleBroken } from './admin/rules.js';
export type { StorageLogger } from './database/logger.js';
export { StorageError } from './database/storage-error.js';
export type { Housekeeping } from './housekeeping.js';
export { migrateDatabase } from './migrate.js';
export { openStorage, type OpenStorage, type Storage } from './open-storage.js';
export { createSealer, type EncryptionKey, type SealedPlace, type Sealer } from './secrets/sealed-text.js';
