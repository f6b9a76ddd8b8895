import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

const SECRET_KEYS = ['token', 'apiKey', 'authorization', 'key', 'password', 'secret']
const redact = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** A logger that writes JSON lines, or lines for people when standard output is a terminal. */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Logger => {
  const options = { level, redact, base: null }
  if (destination) return pino(options, destination)
  if (!process.stdout.isTTY) return pino(options)
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
  })
}

export const silentLogger = (): Logger => pino({ level: 'silent' })
