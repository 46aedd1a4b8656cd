export {
  type AdminLogin,
  type ApiConfig,
  type Config,
  type ConfigByRole,
  ConfigError,
  type ListenAddress,
  type LogLevel,
  type Role,
  type ServiceConfig,
  type XeroConfig,
} from './config.js';
export type { EncryptionKey, EncryptionKeys } from './encryption-keys.js';
export { processEnvironment, readConfig } from './read-config.js';
export type { Environment } from './variables.js';
