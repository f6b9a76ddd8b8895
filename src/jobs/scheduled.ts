import { schedule as cron, type TaskOptions } from 'node-cron'
import type { Logger } from '../kit/logger.ts'

type Task = { destroy(): void | Promise<void> }

/** When the clock starts what. Tests give one of their own, whose time comes when they say so. */
export type Schedule = (expression: string, run: () => Promise<void>, options: TaskOptions) => Task

type Work = {
  /** In cron's form, in local time. */
  readonly expression: string
  /** Does not throw: what fails is logged by who knows what it is. */
  readonly run: () => Promise<void>
  readonly log: Logger
  readonly schedule?: Schedule | undefined
}

// node-cron tells of times that it missed, and would write to the console.
const loggerFor = (log: Logger): NonNullable<TaskOptions['logger']> => ({
  info: (message) => log.info(message),
  warn: (message) => log.warn(message),
  error: (message, error) => log.error({ err: error ?? message }, 'a schedule failed'),
  debug: (message) => log.debug(String(message)),
})

/** Does something whenever its time comes, never twice at once. Closing waits for what is being done. */
export const scheduled = ({ expression, run, log, schedule = cron }: Work): { close(): Promise<void> } => {
  let running: Promise<void> | undefined
  const task = schedule(
    expression,
    () => {
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    { noOverlap: true, logger: loggerFor(log) },
  )
  return {
    close: async () => {
      await task.destroy()
      await running
    },
  }
}
