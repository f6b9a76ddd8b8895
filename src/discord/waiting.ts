import { type REST, Routes, time } from 'discord.js'
import { z } from 'zod'
import type { NewId } from '../kit/ids.ts'
import type { Logger } from '../kit/logger.ts'
import type { Texts } from '../locales/en.ts'
import type { Head } from '../story/head.ts'
import type { TurnId } from '../story/ref.ts'
import type { ShowWait, Wait } from '../turn/ports/gatherings.ts'
import type { ThreadStore } from '../turn/ports.ts'
import { keyOf } from '../turn/queue.ts'
import { button, row } from './buttons.ts'
import { customId } from './custom-id.ts'
import { castIn, shownAs } from './names.ts'
import type { Poster } from './poster.ts'
import { subtext } from './render.ts'

type Deps = {
  readonly rest: REST
  readonly posterTo: (channel: string) => Poster
  readonly threads: Pick<ThreadStore, 'threadOf'>
  readonly texts: Texts
  readonly newId: NewId
  readonly log: Logger
}

/** Discord's limit for the mark by which a message is posted once. */
const NONCE = 25

/** The name of the button that has a turn answered now. */
export const GO = 'turn-go'

/** The line that stands in a thread. */
type Line = { readonly channel: string; readonly turn: TurnId; readonly message: string }

const goId = ({ ref, state }: Head) => customId(GO, ref.story, ref.branch, state.turn.id)

const Page = z.array(z.object({ id: z.string(), components: z.unknown() }))

/** The line of a turn that an earlier run of the program left in a thread: it is known by its button. */
const leftIn = async (channel: string, head: Head, { rest, log }: Deps): Promise<string | undefined> => {
  const query = new URLSearchParams({ limit: '50' })
  const page = await rest.get(Routes.channelMessages(channel), { query }).catch((error: unknown) => {
    log.warn({ err: error, channel }, 'the thread could not be searched for a line about its round')
    return []
  })
  return Page.parse(page).find(({ components }) => JSON.stringify(components).includes(`"${goId(head)}"`))?.id
}

const bodyOf = (head: Head, { waited, until }: Wait, { texts }: Deps) => {
  const cast = castIn(head, texts)
  const names = waited.map((entity) => shownAs(cast, entity))
  return {
    content: subtext(texts.turns.waiting(names, time(Math.ceil(until / 1000), 'R'))),
    components: [row(button(texts.turns.goButton, goId(head)))],
  }
}

/**
 * Tells in a thread, in one quiet line, for whom its round waits. The line goes when nobody is waited for any more. One
 * thing after the other for each branch.
 */
export const waitingLines = (deps: Deps): ShowWait => {
  const { posterTo, threads, newId, log } = deps
  const lines = new Map<string, Line>()
  const lanes = new Map<string, Promise<void>>()
  /** The turn of each branch of which this run knows whether there is a line. */
  const known = new Map<string, TurnId>()

  const remove = async (key: string): Promise<void> => {
    const line = lines.get(key)
    lines.delete(key)
    if (line) await posterTo(line.channel).remove(line.message)
  }

  const draw = async (key: string, head: Head, wait: Wait | undefined): Promise<void> => {
    const channel = await threads.threadOf(head.ref)
    const turn = head.state.turn.id
    const line = lines.get(key)
    if (line && (wait === undefined || line.channel !== channel || line.turn !== turn)) await remove(key)
    if (wait === undefined || channel === undefined) return
    const poster = posterTo(channel)
    const body = bodyOf(head, wait, deps)
    const left = known.get(key) === turn ? undefined : await leftIn(channel, head, deps)
    known.set(key, turn)
    const standing = lines.get(key)?.message ?? left
    const edited = standing === undefined ? undefined : await poster.edit(standing, body)
    const posted = edited?.ok ? edited : await poster.post(body, newId().slice(-NONCE))
    if (posted.ok) lines.set(key, { channel, turn, message: posted.id })
    else log.warn({ ...head.ref, ...posted }, 'a thread could not be told for whom its round waits')
  }

  return (head, wait) => {
    const key = keyOf(head.ref)
    if (wait === undefined && !lines.has(key) && !lanes.has(key)) return
    const drawn = (lanes.get(key) ?? Promise.resolve())
      .then(() => draw(key, head, wait))
      .catch((error: unknown) => log.error({ err: error, ...head.ref }, 'a line about a round failed'))
      .finally(() => {
        if (lanes.get(key) === drawn) lanes.delete(key)
      })
    lanes.set(key, drawn)
  }
}
