import { fork } from 'node:child_process'
import { once } from 'node:events'
import { type Client, Events } from 'discord.js'
import { createClient } from '../../src/discord/client.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import type { Production, Setting, Sighting } from './measure.ts'
import type { Pacer, Shower } from './pacers.ts'
import { writerOf, writeText } from './tokens.ts'
import type { Ready, Report } from './world.ts'

export const TOKENS = 1000
const TOKEN_EVERY = 20
/** Streams begin within this time of one another, in ms. */
const STARTS_WITHIN = 3000
const TICK = 5

export type StreamRun = { readonly production: Production; readonly sightings: readonly Sighting[] }

/** `edits`: when each channel's edits were handled. */
export type Run = {
  readonly streams: readonly StreamRun[]
  readonly edits: ReadonlyMap<string, readonly number[]>
  readonly tooMany: number
}

/** The same starts in every run (mulberry32). */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** Makes 50 tokens a second for every stream and hands each over as it is made. Gives when that was. */
const produce = async (showers: readonly Shower[]): Promise<Production[]> => {
  const random = randomFrom(1)
  const writers = showers.map((shower, stream) => ({
    ...writeText(stream, TOKENS),
    shower,
    startsAt: Date.now() + random() * STARTS_WITHIN,
    production: [] as number[],
  }))
  const finished: Promise<unknown>[] = []
  let writing = writers
  while (writing.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, TICK))
    for (const { shower, startsAt, production, text, ends } of writing) {
      const now = Date.now()
      const due = Math.min(TOKENS, Math.floor((now - startsAt) / TOKEN_EVERY) + 1)
      if (due <= production.length) continue
      while (production.length < due) production.push(now)
      if (due === TOKENS) finished.push(shower.finish(text))
      else shower.show(text.slice(0, ends[due - 1]))
    }
    writing = writing.filter(({ production }) => production.length < TOKENS)
  }
  await Promise.all(finished)
  return writers.map(({ production }) => production)
}

/** One setting with one way of pacing: a Discord of its own, a client of its own. */
export const runSetting = async (setting: Setting, pacer: Pacer): Promise<Run> => {
  const count = setting.isOneChannel ? 1 : setting.streams
  const world = fork(new URL('./world.ts', import.meta.url), [String(count)])
  let client: Client | undefined
  try {
    const [ready] = (await once(world, 'message')) as [Ready]
    client = createClient({ apiUrl: ready.apiUrl, log: silentLogger(), onLost: () => {} })
    await Promise.all([once(client, Events.ClientReady), client.login(ready.token)])
    const channelOf = (stream: number): string => ready.channels[stream % count] ?? ''
    const show = pacer(client.rest)
    const showers = Array.from({ length: setting.streams }, (_, stream) => show(channelOf(stream), stream))
    const productions = await produce(showers)
    world.send('report')
    const [report] = (await once(world, 'message')) as [Report]
    const sightings = report.sightings.toSorted((a, b) => a.at - b.at)
    const edits = Map.groupBy(
      sightings.filter(({ kind }) => kind === 'edit'),
      ({ channel }) => channel,
    )
    return {
      streams: productions.map((production, stream) => ({
        production,
        sightings: sightings.filter(
          ({ channel, writer }) => channel === channelOf(stream) && writer === writerOf(stream),
        ),
      })),
      edits: new Map(Array.from(edits, ([channel, own]) => [channel, own.map(({ at }) => at)])),
      tooMany: report.tooMany,
    }
  } finally {
    await client?.destroy()
    world.disconnect()
  }
}
