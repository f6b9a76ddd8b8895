import OpenAI from 'openai'
import type { Logger } from '../kit/logger.ts'
import { withoutKeys } from './failure.ts'

type Level = 'error' | 'warn' | 'info' | 'debug'

const LONGEST_LINE = 500

/** Whether a body says what went wrong where the SDK looks for it. */
const explains = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'error' in body && Boolean(body.error)
  } catch {
    return false
  }
}

/**
 * Servers say in different places what went wrong: in a list, under `detail`, under `message`, in plain text. The SDK
 * reads `error` alone and would lose all the rest, from which we learn.
 */
const explainedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.ok) return response
  const text = await response.text()
  const body = text === '' || explains(text) ? text : JSON.stringify({ error: { message: text } })
  const { status, statusText, headers } = response
  return new Response(body === '' ? null : body, { status, statusText, headers })
}

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
    fetch: explainedFetch,
    logLevel: 'warn',
    logger: { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') },
  })
}
