import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackModel, type Recorded, startModel } from '../../src/sandbox/model/server.ts'
import type { CompletionRequest } from '../../src/sandbox/model/wire.ts'
import { startParrot } from '../doubles/parrot.ts'
import { beginGame, type Game, type Person } from './game.ts'
import { lookInto, storyOf } from './look.ts'
import { startWorld, type World } from './world.ts'

const SECRET = 'Quillfeather'
const LONG = 'The rain has a great deal to say tonight, and says it to the roof. '.repeat(20).trim()

let directory: string
let model: LoopbackModel
let parrot: Awaited<ReturnType<typeof startParrot>>
let world: World
let mara: Person
let tomas: Person
let game: Game

/** How many requests there had been when Bela left, and when she came back. */
const at = { left: 0, back: 0 }

const say = async ({ player }: Person, words: string) => {
  await player.say(game.thread, words)
  await player.answer(game.thread)
}
const scene = (verb: string, options: Readonly<Record<string, string>> = {}) =>
  mara.player.command(game.thread, ['scene', verb], options)

type Kept = { readonly owner: string; readonly body: string }

/** How many turns are summed up, and who knows the secret by their summaries, memories and facts. */
const storyNow = () =>
  lookInto(world.directory, async (db) => {
    const { stores, ref } = await storyOf(db, game.thread)
    const head = await stores.store.load(ref)
    if (!head) throw new Error('the thread tells no story')
    const { characters, personas } = head.state.cast
    const names = new Map([
      ...characters.map(({ character, name }) => [character, head.words.get(name)] as const),
      ...personas.map(({ persona, name }) => [persona, head.words.get(name)] as const),
    ])
    const knowing = (kept: readonly Kept[]) => {
      const owners = kept.filter(({ body }) => body.includes(SECRET)).map(({ owner }) => owner)
      return [...new Set(owners)].map((owner) => names.get(owner)).toSorted()
    }
    const wordsIn = (table: 'memories' | 'facts'): Promise<Kept[]> =>
      db
        .selectFrom(table)
        .innerJoin('texts', 'texts.id', `${table}.text`)
        .select(['owner', 'body'])
        .where(`${table}.story`, '=', ref.story)
        .execute()
    return {
      left: head.state.past.left,
      bySummary: knowing(await stores.summaries.of(head)),
      byMemory: knowing(await wordsIn('memories')),
      byFact: knowing(await wordsIn('facts')),
    }
  })
const untilLeft = (turn: number) =>
  vi.waitFor(async () => expect((await storyNow()).left).toBeGreaterThanOrEqual(turn), { timeout: 10_000 })

// Bela is away while Mara tells Mira a secret. The writer's model takes so little that old turns are summed up soon,
// by a model that gives away what it can.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-secrets-'))
  model = await startModel({ port: 0, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  parrot = await startParrot(SECRET)
  vi.stubEnv('SKEIN_TEST_KEY', model.apiKey)
  const file = join(directory, 'models.json')
  const connections = {
    small: { url: model.baseUrl, key: 'SKEIN_TEST_KEY', context: 3_000 },
    parrot: { url: parrot.baseURL },
  }
  const roles = { default: [`small/${model.model}`], archivist: ['parrot/p'], summariser: ['parrot/p'] }
  await writeFile(file, JSON.stringify({ connections, roles }))
  world = await startWorld({ settings: { SKEIN_MODELS_FILE: file, SKEIN_WRITING: 'full' } })
  mara = await world.enter('player')
  tomas = await world.enter('second')
  game = await beginGame(world, mara)
  const bela = await mara.player.openForm(game.thread, ['character', 'create'])
  await bela.fill({ name: 'Bela', persona: 'She rows the ferry.' })
  await say(mara, `*I knock.* ${LONG}`)
  await say(tomas, `*I look at the sea.* ${LONG}`)

  await scene('open')
  await scene('leave', { who: 'Bela' })
  at.left = model.requests().length
  await say(mara, `"Mira, the word is ${SECRET}." ${LONG}`)
  await say(tomas, `"Mira, is ${SECRET} the word for the door?"`)
  await say(mara, '*I nod.*')

  await scene('join', { who: 'Bela' })
  at.back = model.requests().length
  await say(mara, '"Mira, Bela is back."')
  await untilLeft(1)
  await say(mara, '*I wait.*')
  await say(tomas, `"Bela, did you see anyone?" ${LONG}`)
  await say(mara, `"Mira, and you?" ${LONG}`)
  await untilLeft(4)
  await say(mara, '"Bela, what do you know?"')
  await say(mara, '*I wait again.*')
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  const { violations } = world
  await world.close()
  await Promise.all([parrot.close(), model.close()])
  await rm(directory, { recursive: true })
  expect(violations).toEqual([])
})

const wordsOf = ({ body }: Recorded) =>
  (body as CompletionRequest).messages.map(({ content }) => content).join('\n')
/** The prompts that someone was written with, or a planner, from one request to another. */
const prompts = (begins: RegExp, from: number, to?: number): string[] =>
  model
    .requests()
    .slice(from, to)
    .map(wordsOf)
    .filter((words) => begins.test(words))
const holding = (texts: readonly string[]) => texts.filter((text) => text.includes(SECRET))

const BELA = /^You are Bela,/u
const MIRA = /^You are Mira,/u
const NARRATOR = /^You are the narrator/u
const PLANNER = /You can choose from/u

describe('what was said in someone’s absence', () => {
  test('is in no prompt of theirs, though others go on with it', () => {
    const theirs = prompts(BELA, at.left)
    expect(theirs.length).toBeGreaterThanOrEqual(2)
    expect(holding(theirs)).toEqual([])
    expect(holding(prompts(MIRA, at.back)).length).toBeGreaterThanOrEqual(2)
  })

  test('is in no prompt of a narrator whom they hear', () => {
    expect(holding(prompts(NARRATOR, at.left, at.back)).length).toBeGreaterThanOrEqual(1)
    const heard = prompts(NARRATOR, at.back)
    expect(heard.length).toBeGreaterThanOrEqual(2)
    expect(holding(heard)).toEqual([])
  })

  test('is in no briefing of a planner while they are there', () => {
    expect(holding(prompts(PLANNER, at.left, at.back)).length).toBeGreaterThanOrEqual(1)
    const briefings = prompts(PLANNER, at.back)
    expect(briefings.length).toBeGreaterThanOrEqual(5)
    expect(holding(briefings)).toEqual([])
  })

  test('is in no summary that they get, only in that of the others', async () => {
    const { bySummary } = await storyNow()
    expect(bySummary).toEqual(['Ada', 'Mira', 'Tomas Reed'])
    expect(holding(parrot.heard('summary')).length).toBeGreaterThanOrEqual(1)
    expect(parrot.heard('summary').length).toBeGreaterThan(2)
  })

  test('is no memory of theirs and no fact that they know, whatever an archivist proposes', async () => {
    const { byMemory, byFact } = await storyNow()
    expect(byMemory).toEqual(['Ada', 'Mira', 'Tomas Reed'])
    expect(byFact).toEqual(['Ada', 'Mira', 'Tomas Reed'])
  })
})
