import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

type Described = { type: string; message: string; stack?: string; cause?: Described } & Record<
  string,
  unknown
>

/** What of an error's own fields a log keeps. */
const KEPT = ['code', 'status', 'method', 'details']

/**
 * An error for the log. Errors of HTTP clients carry whole requests: addresses with tokens in them, and people's
 * words. So only what is named here goes in.
 */
export const describeError = (error: unknown): Described => {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    ...Object.fromEntries(Object.entries(error).filter(([key]) => KEPT.includes(key))),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}

const SECRET_KEYS = ['token', 'apiKey', 'authorization', 'key', 'password', 'secret']
const redact = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** A logger that writes JSON lines, or lines for people when standard output is a terminal. */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Logger => {
  const options = { level, redact, base: null, serializers: { err: describeError } }
  if (destination) return pino(options, destination)
  if (!process.stdout.isTTY) return pino(options)
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
  })
}

export const silentLogger = (): Logger => pino({ level: 'silent' })
