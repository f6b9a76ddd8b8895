import { schedule as cron, type TaskOptions } from 'node-cron'
import type { Logger } from '../kit/logger.ts'
import type { Backups } from '../turn/ports.ts'

/** A time of day, on this machine's clock. */
export type TimeOfDay = { readonly hour: number; readonly minute: number }

type Task = { destroy(): void | Promise<void> }
type Schedule = (expression: string, run: () => Promise<void>, options: TaskOptions) => Task

type Job = {
  readonly at: TimeOfDay
  readonly backups: Pick<Backups, 'make'>
  readonly log: Logger
  readonly schedule?: Schedule
}

// node-cron tells of nights that it missed, and would write to the console.
const loggerFor = (log: Logger): NonNullable<TaskOptions['logger']> => ({
  info: (message) => log.info(message),
  warn: (message) => log.warn(message),
  error: (message, error) => log.error({ err: error ?? message }, 'the schedule of backups failed'),
  debug: (message) => log.debug(String(message)),
})

/** Makes a backup every night. One that fails is logged, and the next night tries again. */
export const nightlyBackups = ({
  at: { hour, minute },
  backups,
  log,
  schedule = cron,
}: Job): { close(): Promise<void> } => {
  let running: Promise<void> | undefined
  const make = async () => {
    try {
      const { name, bytes } = await backups.make()
      log.info({ name, bytes }, 'a backup was made')
    } catch (error) {
      log.error({ err: error }, 'the nightly backup failed')
    }
  }
  const task = schedule(
    `${minute} ${hour} * * *`,
    () => {
      running ??= make().finally(() => {
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
