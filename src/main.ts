import { existsSync } from 'node:fs'
import { readConfig } from './config/env.ts'
import { SkeinError } from './kit/errors.ts'
import { createLogger } from './kit/logger.ts'
import { en } from './locales/en.ts'
import { startSkein } from './skein.ts'

/** How long a stop waits for what is being written to be saved and shown, in milliseconds. */
const STOP_WITHIN = 8000

const explain = (error: unknown): string => {
  if (error instanceof SkeinError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'TokenInvalid') return en.startUp.badToken
  if (error instanceof Error && /disallowed intents/iu.test(error.message)) return en.startUp.missingIntent
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return en.startUp.portInUse
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const fail = (error: unknown): never => {
  console.error(`Skein cannot start: ${explain(error)}`)
  process.exit(1)
}

try {
  if (existsSync('.env')) process.loadEnvFile()
  const config = readConfig(process.env)
  const log = createLogger(config.SKEIN_LOG_LEVEL)
  const skein = await startSkein(config, log)
  if (skein.page) console.log(en.world.address(skein.page))

  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_WITHIN).unref()
    skein.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  void skein.lost.then(async () => {
    log.fatal(en.startUp.lost)
    await skein.close()
    process.exit(1)
  })
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  fail(error)
}
