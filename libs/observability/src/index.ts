export { correlationId, newCorrelationId, withCorrelationId } from './correlation.js';
export { createLogger, logFile, type Logger, type LoggerOptions } from './logger.js';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.js';
export { type LoggedError, safeError } from './safe-error.js';
