/** Logs: JSON lines on standard error, so that standard output stays for results. */
import { destination, pino } from 'pino';
import type { LogLevel } from '../config/log-level.ts';

/** `message` is static and the data stands beside it, so that logs can be searched. */
export type Log = (message: string, details?: Readonly<Record<string, unknown>>) => void;

export interface Logs {
  info: Log;
  warn: Log;
  error: Log;
}

/** Names under which a secret could travel in details; whatever stands there is never written. */
const secretPaths = [
  'token',
  'secret',
  'password',
  'authorization',
  '*.token',
  '*.secret',
  '*.password',
  '*.authorization',
];

export function createLogs(level: LogLevel): Logs {
  const logger = pino(
    { level, base: null, redact: secretPaths, timestamp: pino.stdTimeFunctions.isoTime },
    destination(2),
  );
  return {
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    error: (message, details = {}) => logger.error(details, message),
  };
}
