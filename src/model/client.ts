import OpenAI from 'openai'
import type { Logger } from '../kit/logger.ts'
import { withoutKeys } from './failure.ts'

type Level = 'error' | 'warn' | 'info' | 'debug'

const LONGEST_LINE = 500

/**
 * The SDK's client for one connection. Retries and timeouts are ours, so that they do not stack with the SDK's.
 * What it would print goes to the logger, warnings and up: below that it prints whole requests, people's words.
 */
export const openaiClient = (connection: { baseURL: string; apiKey: string; log: Logger }): OpenAI => {
  const { baseURL, apiKey, log } = connection
  const line = (value: unknown): string => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
    return withoutKeys(text, apiKey).slice(0, LONGEST_LINE)
  }
  const write =
    (level: Level) =>
    (message: string, ...rest: unknown[]) =>
      log[level](rest.length === 0 ? {} : { sdk: rest.map(line) }, line(message))
  return new OpenAI({
    baseURL,
    // Local servers want no key, but the SDK refuses to start without one.
    apiKey: apiKey === '' ? 'none' : apiKey,
    maxRetries: 0,
    logLevel: 'warn',
    logger: { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') },
  })
}
