import { isDeepStrictEqual } from 'node:util'
import type { REST } from 'discord.js'
import { openLiveMessage } from '../../src/discord/live-message.ts'
import { renderParts } from '../../src/discord/look.ts'
import { createPace } from '../../src/discord/pace.ts'
import { type Body, createPosters, type Poster } from '../../src/discord/poster.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { silentLogger } from '../../src/kit/logger.ts'

/** Shows one growing text in a channel. `finish` ends when the whole text has been sent. */
export type Shower = { show(text: string): void; finish(text: string): Promise<unknown> }

/** A way of pacing, over one discord.js client. */
export type Pacer = (rest: REST) => (channel: string, stream: number) => Shower

const LOOK = {
  components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Stop', custom_id: 'stop' }] }],
}

export const skein: Pacer = (rest) => {
  const clock = systemClock
  const pace = createPace({ clock })
  const posterTo = createPosters(rest, pace)
  return (channel, stream) => {
    const deps = { poster: posterTo(channel), pace, clock, log: silentLogger() }
    const live = openLiveMessage(deps, { ...LOOK, nonce: `bench-${stream}` })
    return { show: live.show, finish: (text) => live.finish(text, {}) }
  }
}

const INTERVAL = 1000

const fixedShower = (poster: Poster, stream: number): Shower => {
  const shown: { id: string; body: Body }[] = []
  let text = ''
  const started = Promise.withResolvers<void>()
  const ending = new AbortController()

  const update = async () => {
    const ended = ending.signal.aborted ? {} : undefined
    for (const [part, body] of renderParts(text, LOOK, ended).entries()) {
      const known = shown[part]
      if (isDeepStrictEqual(known?.body, body)) continue
      const posted = known
        ? await poster.edit(known.id, body)
        : await poster.post(body, `fixed-${stream}-${part}`)
      if (!posted.ok) throw new Error(posted.detail)
      shown[part] = { id: posted.id, body }
    }
  }

  const run = async () => {
    await started.promise
    while (!ending.signal.aborted) {
      await update()
      await systemClock.sleep(INTERVAL, ending.signal)
    }
    await update()
  }

  const done = run()
  return {
    show: (newest) => {
      text = newest
      started.resolve()
    },
    finish: (final) => {
      text = final
      ending.abort()
      return done
    },
  }
}

/** The usual way: an edit, then one second, then the next; what Discord allows is left to discord.js. */
export const fixedInterval: Pacer = (rest) => {
  const posterTo = createPosters(rest, createPace({ clock: systemClock }))
  return (channel, stream) => fixedShower(posterTo(channel), stream)
}
