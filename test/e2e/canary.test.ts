import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/config/env.ts'
import { createLogger, silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackDiscord, startDiscord } from '../../src/sandbox/discord/start.ts'
import type { Fault } from '../../src/sandbox/model/faults.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type Skein, startSkein } from '../../src/skein.ts'
import { unpack } from '../../src/store/packed.ts'
import { startGossip } from '../doubles/gossip.ts'
import { FORM, type Player, playerOn } from '../doubles/player.ts'
import { type Visitor, visit } from '../doubles/visitor.ts'
import { lookInto } from './look.ts'

/** It does not look like a key, so that only what knows it can keep it back. */
const KEY = 'canary_0123456789_not_for_others'

let directory: string
let discord: LoopbackDiscord
let model: LoopbackModel
let gossip: Awaited<ReturnType<typeof startGossip>>
let skein: Skein | undefined
let logged: string
const visitors: Visitor[] = []

beforeEach(async () => {
  const log = silentLogger()
  directory = await mkdtemp(join(tmpdir(), 'skein-canary-'))
  discord = await startDiscord({ port: 0, log })
  model = await startModel({ port: 0, log, seed: 1, tokensPerSecond: 0 })
  gossip = await startGossip(model, KEY)
  logged = ''
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const visitor of visitors.splice(0)) visitor.leave()
  await skein?.close()
  await discord.close()
  await gossip.close()
  await model.close()
  await rm(directory, { recursive: true })
})

/** Everything is logged, down to traces. */
const log = createLogger(
  'trace',
  new Writable({
    write(data, _encoding, done) {
      logged += data
      done()
    },
  }),
)

type Settings = Readonly<Record<string, string>>

const start = async (settings: Settings) => {
  const config = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, SKEIN_DATA_DIR: directory }
  skein = await startSkein(readConfig({ ...config, ...settings }), log)
}

const enter = async (who: 'player' | 'admin'): Promise<Player> => {
  const visitor = await visit(discord.origin, discord.ids.people[who])
  visitors.push(visitor)
  return playerOn(visitor)
}

/** Days that are bad, before the key is told. After that it is not tried again. */
const faults: readonly Fault[] = [
  { kind: 'error_in_stream', afterTokens: 20 },
  { kind: 'content_filter', afterTokens: 20 },
  { kind: 'ignores_json' },
  { kind: 'server_error', times: 1 },
]

/** Plays good turns and bad ones, and runs what looks into models and stories. Gives a story's file. */
const play = async (settings: Settings, echo: Fault): Promise<Uint8Array> => {
  await start(settings)
  const [mara, iris] = [await enter('player'), await enter('admin')]
  const thread = await mara.start(discord.ids.channels.stories, FORM)
  const [link = ''] = await iris.suggested(thread, ['model', 'test'], { model: '' }, 'model')
  for (const fault of [...faults, echo]) {
    const mend = model.faults.add(fault)
    await mara.say(thread, '*I knock.*')
    await mara.answer(thread)
    const tested = await iris.command(thread, ['model', 'test'], { model: link })
    expect(tested.content).toContain(link)
    await iris.command(thread, ['model', 'list'])
    await mara.command(thread, ['inspect'])
    mend()
  }
  await mara.command(thread, ['cost', 'story'])
  await iris.command(thread, ['settings', 'show'])
  await iris.command(thread, ['backup', 'now'])
  const [file] = (await mara.command(thread, ['story', 'export'])).attachments
  return fetch(`${discord.origin}${file?.url}`).then((answer) => answer.bytes())
}

/** What is packed in the database, unpacked. */
const packed = (): Promise<string> =>
  lookInto(directory, async (db) => {
    const prompts = await db.selectFrom('prompts').select('body as packed').execute()
    const states = await db.selectFrom('checkpoints').select('state as packed').execute()
    expect(prompts.length).toBeGreaterThan(faults.length)
    return JSON.stringify(await Promise.all([...prompts, ...states].map((row) => unpack(row.packed))))
  })

/** Every file in the data directory, while Skein runs and there is a log beside the database. */
const files = async (): Promise<Map<string, Buffer>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)))
}

const file = () => join(directory, 'models.json')
const keyed: readonly [where: string, echo: Fault, settings: () => Promise<Settings>][] = [
  [
    'OPENAI_API_KEY',
    { kind: 'echo_key' },
    async () => ({ OPENAI_BASE_URL: gossip.baseURL, OPENAI_API_KEY: KEY, SKEIN_NARRATOR_MODEL: model.model }),
  ],
  [
    'a file of models',
    { kind: 'echo_key', only: 'json' },
    async () => {
      vi.stubEnv('SKEIN_TEST_KEY', KEY)
      const connections = { gossip: { url: gossip.baseURL, key: 'SKEIN_TEST_KEY' } }
      const roles = { default: [`gossip/${model.model}`] }
      await writeFile(file(), JSON.stringify({ connections, roles }))
      return { SKEIN_MODELS_FILE: file() }
    },
  ],
]

test.each(keyed)(
  'a key of %s stands nowhere but in the header in which it is sent',
  async (_where, echo, settings) => {
    const sent: string[] = []
    discord.onRequest((request) => sent.push(JSON.stringify(request)))
    const bundle = await play(await settings(), echo)
    const shown = visitors.flatMap(({ channels, messagesIn }) =>
      [...channels.keys()].flatMap((channel) =>
        messagesIn(channel).map(({ message }) => JSON.stringify(message)),
      ),
    )
    const written = await files()

    expect(gossip.authorized()).toBe(gossip.heard().length)
    expect(gossip.heard().length).toBeGreaterThan(2 * faults.length)
    expect(
      [...written.keys()].filter((path) => /skein\.sqlite-wal|backups.*\.sqlite$/u.test(path)),
    ).toHaveLength(2)
    expect(logged).toMatch(/Incorrect API key provided: \*\*\*/u)

    expect(gossip.heard().filter((request) => request.includes(KEY))).toEqual([])
    expect(sent.filter((request) => request.includes(KEY))).toEqual([])
    expect(shown.filter((message) => message.includes(KEY))).toEqual([])
    expect([...written].filter(([, bytes]) => bytes.includes(KEY)).map(([path]) => path)).toEqual([])
    expect(await packed()).not.toContain(KEY)
    for (const [name, bytes] of Object.entries(unzipSync(bundle)))
      expect(Buffer.from(bytes).includes(KEY), name).toBe(false)
    expect(logged.split('\n').filter((line) => line.includes(KEY))).toEqual([])
  },
)
