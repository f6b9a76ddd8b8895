import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SkeinError } from '../kit/errors.ts'

/** Where the prompts are that Skein brings along. */
export const BUILT_IN_PROMPTS = join(import.meta.dirname, '..', '..', 'prompts')

/** A prompt as a file has it. */
export type PromptFile = { readonly text: string; readonly version: string }

const VERSION = /^\uFEFF?\s*<!--\s*version\s+([\w.-]+)\s*-->[^\S\n]*\r?\n?/iu

/** The first line of a file may say its version, as `<!-- version 2 -->`. It is no part of the prompt. */
const parse = (content: string): { readonly text: string; readonly version: string | undefined } => {
  const version = VERSION.exec(content)
  return { text: content.slice(version?.[0].length ?? 0).trim(), version: version?.[1] }
}

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const read = async (file: string) => {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw new SkeinError('prompt_unreadable', `${file} cannot be read: see that Skein may`, { file }, error)
  })
  if (content === undefined) return undefined
  const parsed = parse(content)
  if (parsed.text === '')
    throw new SkeinError('prompt_empty', `${file} is empty: write a prompt into it, or delete it`, { file })
  return parsed
}

/**
 * The prompts that Skein brings along, each with `NAME.md` from the folder of whoever runs it in its place, where that
 * is. An own one has its version after the built-in one's: `1+own` or, where its first line says 2, `1+own-2`. Throws `prompt_missing`,
 * `prompt_unreadable` or `prompt_empty`, each naming the file and what to do.
 */
export const readPrompts = async <Name extends string>(
  names: readonly Name[],
  own?: string,
  builtIn = BUILT_IN_PROMPTS,
): Promise<Readonly<Record<Name, PromptFile>>> => {
  const readOne = async (name: Name): Promise<readonly [Name, PromptFile]> => {
    const file = join(builtIn, `${name}.md`)
    const original = await read(file)
    if (!original)
      throw new SkeinError('prompt_missing', `${file} is missing: install Skein anew, or put it back`, {
        file,
      })
    const version = original.version ?? '1'
    const owners = own === undefined ? undefined : await read(join(own, `${name}.md`))
    if (!owners) return [name, { text: original.text, version }]
    const suffix = owners.version === undefined ? 'own' : `own-${owners.version}`
    return [name, { text: owners.text, version: `${version}+${suffix}` }]
  }
  return Object.fromEntries(await Promise.all(names.map(readOne))) as Record<Name, PromptFile>
}
