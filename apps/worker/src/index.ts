export { QUEUE_WORKERS, type RunningWorker, startWorker } from './start-worker.js';
