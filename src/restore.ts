import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SnowflakeUtil } from 'discord.js'
import { readConfig } from './config/env.ts'
import { SkeinError } from './kit/errors.ts'
import { en } from './locales/en.ts'
import { backupsIn } from './store/backup.ts'
import { claimDirectory } from './store/database.ts'
import { restoreDatabase } from './store/restore.ts'
import type { BackupFault } from './turn/ports.ts'

const { restore: words } = en

// A backup may be named as `/backup list` names it. npm runs scripts in the project, wherever the person is.
const find = (file: string, directory: string): string => {
  const places = [resolve(process.env.INIT_CWD ?? '.', file), resolve(file), join(backupsIn(directory), file)]
  return places.find((path) => existsSync(path)) ?? resolve(file)
}

const explain = (error: unknown): string => {
  if (!(error instanceof SkeinError)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'data_dir_in_use') return words.inUse
  if (error.code === 'backup_faulty') return en.backup.fault[error.details.fault as BackupFault]
  return error.message
}

const run = async (file: string | undefined): Promise<string> => {
  if (!file) throw new SkeinError('no_file', words.usage)
  if (existsSync('.env')) process.loadEnvFile()
  const { SKEIN_DATA_DIR: directory } = readConfig(process.env)
  const claim = claimDirectory(directory)
  try {
    const path = find(file, directory)
    const now = Date.now()
    const saidUntil = SnowflakeUtil.generate({ timestamp: now }).toString()
    const { kept } = await restoreDatabase(directory, path, now, saidUntil)
    return words.done(path, kept)
  } finally {
    claim.release()
  }
}

try {
  console.log(await run(process.argv[2]))
} catch (error) {
  console.error(words.failed(explain(error)))
  process.exitCode = 1
}
