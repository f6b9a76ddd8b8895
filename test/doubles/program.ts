import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..')

export type Program = {
  /** Resolves with the page's address once the program says that it is ready. */
  readonly page: Promise<string>
  /** Resolves when standard output and standard error together hold the text. */
  says(text: string | RegExp): Promise<string>
  output(): string
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly ended: Promise<number | string>
  kill(signal: NodeJS.Signals): void
}

/**
 * Runs Skein, or another script of the project, as a person would: as a process of its own, with these settings and
 * nothing else of the environment.
 */
export const runProgram = (
  settings: Readonly<Record<string, string>>,
  cwd = ROOT,
  [script, ...args]: readonly [string, ...string[]] = ['skein.js'],
): Program => {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const waiting = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    output += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) => code ?? signal ?? 'gone',
  )

  const says = (text: string | RegExp): Promise<string> =>
    new Promise((found, failed) => {
      const look = () => {
        const match =
          typeof text === 'string' ? (output.includes(text) ? text : undefined) : text.exec(output)?.[0]
        if (match === undefined) return
        waiting.delete(look)
        found(match)
      }
      waiting.add(look)
      look()
      void ended.then((code) => failed(new Error(`Skein ended (${code}) before it said ${text}:\n${output}`)))
    })

  const page = says(/http:\/\/127\.0\.0\.1:\d+/u)
  page.catch(() => {})
  return { page, says, output: () => output, ended, kill: (signal) => void child.kill(signal) }
}
