import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { startDiscord } from '../../src/sandbox/discord/start.ts'
import { startModel } from '../../src/sandbox/model/server.ts'
import { FORM, playerOn } from '../doubles/player.ts'
import { type Program, runProgram } from '../doubles/program.ts'
import { visit } from '../doubles/visitor.ts'

let directory: string
let programs: Program[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-program-'))
  programs = []
})
afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL')
  await Promise.all(programs.map(({ ended }) => ended))
  await rm(directory, { recursive: true })
})

const run = (settings: Readonly<Record<string, string>>) => {
  const program = runProgram(settings, directory)
  programs.push(program)
  return program
}
/** Nothing listens here, and nobody is asked: the model is only looked for when a turn needs it. */
const NO_MODEL = {
  OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
  OPENAI_API_KEY: 'none',
  SKEIN_NARRATOR_MODEL: 'none',
}
const world = () => ({ ...NO_MODEL, SKEIN_DATA_DIR: directory, SKEIN_PORT: '0' })

describe('the program', () => {
  test('prints one address, stops cleanly, and starts again', async () => {
    for (let starts = 0; starts < 2; starts += 1) {
      const program = run(world())
      const page = await program.page
      expect((await fetch(page)).ok).toBe(true)
      program.kill('SIGTERM')
      expect(await program.ended).toBe(0)
    }
  })

  test('a second one on the same data refuses to start, with one line', async () => {
    const first = run(world())
    await first.page
    const second = run(world())
    expect(await second.ended).toBe(1)
    expect(second.output().trim()).toBe(`Skein cannot start: another Skein already runs on ${directory}`)
    expect((await fetch(await first.page)).ok).toBe(true)
  })

  test('a bad setting stops it with one line that names it', async () => {
    const program = run({ ...world(), SKEIN_PORT: 'many' })
    expect(await program.ended).toBe(1)
    expect(program.output().trim()).toBe('Skein cannot start: SKEIN_PORT must be a number')
  })

  test('a token that Discord does not take stops it with one line, which does not show the token', async () => {
    const discord = await startDiscord({ port: 0, log: silentLogger() })
    const program = run({ ...world(), DISCORD_TOKEN: 'wrong.token.here', DISCORD_API_URL: discord.apiUrl })
    expect(await program.ended).toBe(1)
    expect(program.output()).toContain('Discord does not accept DISCORD_TOKEN')
    expect(program.output()).not.toContain('wrong.token')
    await discord.close()
  })

  const older = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((path) => !path.includes('node_modules') && existsSync(path))
    .find((path) => Number(execFileSync(path, ['-p', 'parseInt(process.versions.node)']).toString()) < 24)
  if (!older) console.log('skipped: no Node older than 24 is installed beside the project’s own')
  test.skipIf(!older)('under an older Node it says in one line which command to use', () => {
    const { status, stderr } = spawnSync(older ?? '', ['skein.js'], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr.trim()).toMatch(/^Skein needs Node 24, .*npm ci && npm start/)
  })
})

describe('with servers that run apart from it', () => {
  test('six settings are enough', async () => {
    const discord = await startDiscord({ port: 0, log: silentLogger() })
    const model = await startModel({ port: 0, log: silentLogger(), tokensPerSecond: 0 })
    const program = run({
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_TOKEN: discord.token,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: model.apiKey,
      SKEIN_DATA_DIR: directory,
      SKEIN_NARRATOR_MODEL: model.model,
    })
    const visitor = await visit(discord.origin, discord.ids.people.player)
    await visitor.until('the commands', (_seen, event) => (event?.name === 'commands' ? true : undefined))
    const player = playerOn(visitor)
    const thread = await player.start(discord.ids.channels.stories, FORM)
    await player.say(thread, '"Mira?"')
    expect((await player.answer(thread)).message.content).toMatch(/^\*\*Mira\*\*/)
    expect(program.output()).not.toContain(model.apiKey)
    expect(program.output()).not.toContain(discord.token)
    program.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    visitor.leave()
    await discord.close()
    await model.close()
  })
})
