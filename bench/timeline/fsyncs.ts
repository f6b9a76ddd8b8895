import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const STEPS = fileURLToPath(new URL('./steps.ts', import.meta.url))

export type StepWay = 'skein' | 'jsonl'

const isTraceable = (): Promise<boolean> =>
  run('strace', ['-qq', '-e', 'trace=fsync', process.execPath, '--version']).then(
    () => true,
    () => false,
  )

const count = async (directory: string, way: StepWay, steps: number): Promise<number> => {
  const trace = join(directory, 'fsyncs.txt')
  const program = [process.execPath, STEPS, directory, way, String(steps)]
  await run('strace', ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace, ...program])
  return (await readFile(trace, 'utf8')).match(/\b(?:fsync|fdatasync)\(/gu)?.length ?? 0
}

/**
 * How often the system is asked to bring a file to the disk, for each transaction. The difference between a few and
 * many leaves out what opening and closing ask. Undefined where there is no strace, which counts them.
 */
export const fsyncsPerStep = async (directory: string, way: StepWay): Promise<number | undefined> => {
  if (!(await isTraceable())) return undefined
  const [few, many] = [9, 69]
  return ((await count(directory, way, many)) - (await count(directory, way, few))) / (many - few)
}
