import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPrompts } from '../../src/config/prompts.ts'
import { templateNames } from '../../src/prompt/template.ts'

let root: string
const folder = (name: string) => join(root, name)
const given = (path: string, content: string) => writeFileSync(join(root, path), content)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'skein-prompts-'))
  mkdirSync(folder('built-in'))
  mkdirSync(folder('own'))
  given('built-in/planner.md', '<!-- version 4 -->\nPlan.\n')
})
afterEach(() => rmSync(root, { recursive: true }))

const planner = async () => (await readPrompts(['planner'], folder('own'), folder('built-in'))).planner

describe('a prompt', () => {
  test('has its version in its first line, which is no part of it', async () =>
    expect(await planner()).toEqual({ text: 'Plan.', version: '4' }))

  test('has the version 1 where no line says so', async () => {
    given('built-in/planner.md', 'Plan.\n<!-- version 2 -->')
    expect(await planner()).toEqual({ text: 'Plan.\n<!-- version 2 -->', version: '1' })
  })

  test('gives way to the owner’s own file, and its version says so', async () => {
    given('own/planner.md', '\uFEFF<!-- version 2 -->\r\nPlan well.\r\n')
    expect(await planner()).toEqual({ text: 'Plan well.', version: '4+own-2' })
    given('own/planner.md', 'Plan better.')
    expect(await planner()).toEqual({ text: 'Plan better.', version: '4+own' })
  })

  test('is the built-in one where the owner has no folder', async () =>
    expect((await readPrompts(['planner'], folder('none'), folder('built-in'))).planner.version).toBe('4'))
})

describe('says what to do', () => {
  test('when a built-in file is missing', async () => {
    const reading = readPrompts(['narrator'], undefined, folder('built-in'))
    await expect(reading).rejects.toMatchObject({
      code: 'prompt_missing',
      details: { file: join(folder('built-in'), 'narrator.md') },
    })
  })

  test('when a file is empty', async () => {
    given('own/planner.md', '<!-- version 2 -->\n \n')
    await expect(planner()).rejects.toMatchObject({ code: 'prompt_empty' })
  })

  test('when a file cannot be read', async () => {
    mkdirSync(join(root, 'own', 'planner.md'))
    await expect(planner()).rejects.toMatchObject({ code: 'prompt_unreadable' })
  })
})

test('Skein brings along a prompt for each role', async () => {
  const prompts = await readPrompts(templateNames)
  for (const name of templateNames) expect(prompts[name].text).toMatch(/^You \w+/u)
  expect(prompts.character.text).toContain('You are {{char}}')
  expect(prompts.narrator.text).toContain('Never speak, think, feel, decide or act for {{user}}')
})
