import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import type { CompletionRequest } from '../../src/sandbox/model/wire.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { linesOf } from '../doubles/store.ts'
import { beginGame, type Game, type Person } from './game.ts'
import { lookInto, storyOf } from './look.ts'
import { startWorld, type World } from './world.ts'

const SECRET = 'Quillfeather'
const LONG = 'The rain has a great deal to say tonight, and says it to the roof. '.repeat(18).trim()

let directory: string
let model: LoopbackModel
let world: World
let mara: Person
let tomas: Person
let game: Game

/** What the model was asked until Bela left, until she came back, and from then on. */
const asked = { before: 0, away: 0 }

const say = async ({ player }: Person, words: string) => {
  await player.say(game.thread, words)
  return (await player.answer(game.thread)).message
}
const run = (command: string, options: Readonly<Record<string, string>> = {}) =>
  mara.player.command(game.thread, command.split(' '), options)

// Bela is away while Mara tells Mira a secret, and comes back. The model takes so little that old turns are summed up
// soon.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-secrets-'))
  model = await startModel({ port: 0, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  vi.stubEnv('SKEIN_TEST_KEY', model.apiKey)
  const file = join(directory, 'models.json')
  const connections = { small: { url: model.baseUrl, key: 'SKEIN_TEST_KEY', context: 3_500 } }
  await writeFile(file, JSON.stringify({ connections, roles: { default: [`small/${model.model}`] } }))
  world = await startWorld({ settings: { SKEIN_MODELS_FILE: file, SKEIN_WRITING: 'full' } })
  mara = await world.enter('player')
  tomas = await world.enter('second')
  game = await beginGame(world, mara)
  const bela = await mara.player.openForm(game.thread, ['character', 'create'])
  await bela.fill({ name: 'Bela', persona: 'The ferryman.' })
  await say(mara, `*I knock.* ${LONG}`)
  await say(tomas, `*I look at the sea.* ${LONG}`)
  await run('scene open')
  await run('scene leave', { who: 'Bela' })
  asked.before = model.requests().length
  await say(mara, `"Mira, the word is ${SECRET}." ${LONG}`)
  await say(tomas, `"Mira, is ${SECRET} the word for the door?"`)
  await say(mara, `*I nod.* ${LONG}`)
  asked.away = model.requests().length
  await run('scene join', { who: 'Bela' })
  await say(mara, `"Bela, good evening." ${LONG}`)
  await say(tomas, `"Bela, did you see anyone?" ${LONG}`)
  await say(mara, `"Bela, what do you know?" ${LONG}`)
  await say(tomas, '"Mira, and you?"')
  await say(mara, '"Bela?"')
  await say(mara, '"Bela, speak."')
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await world.close()
  await model.close()
  await rm(directory, { recursive: true })
  expect(world.violations).toEqual([])
})

test('probe', async () => {
  await new Promise(r => setTimeout(r, 1500))
  for (const r of model.requests()) {
    const b = r.body as CompletionRequest
    const text = b.messages.map(m => m.content).join('\n')
    console.log(r.kind, (b as any).response_format?.json_schema?.name ?? '', String(b.messages[0]?.content).slice(0, 40).replace(/\n/g,' '), text.length, text.includes(SECRET))
  }
  await lookInto(world.directory, async (db) => {
    const { stores, ref } = await storyOf(db, game.thread)
    const head = await stores.store.load(ref)
    console.log(head?.state.cast, head?.state.past, head?.state.turn.number)
    console.log(await stores.summaries.of(head!))
    console.log(await db.selectFrom('memories').innerJoin('texts','texts.id','memories.text').select(['owner','body']).execute())
    console.log((await linesOf(stores, ref)).map(l => [l.turn, l.speaker.slice(-4), l.text.slice(0, 60), l.text.includes(SECRET), l.witnesses.map(w=>w.slice(-4)).join()]))
  })
})
