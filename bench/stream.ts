import { monitorEventLoopDelay } from 'node:perf_hooks'
import { atMost, type Bench } from './figure.ts'
import {
  firstTextOf,
  hasRoom,
  meanOf,
  optimumOf,
  type Setting,
  stalenessOf,
  tailOf,
} from './stream/measure.ts'
import { fixedInterval, type Pacer, skein } from './stream/pacers.ts'
import { type Run, runSetting, TOKENS } from './stream/run.ts'

/** Timers that are later than this, in ms at the 99th percentile, are other programs' doing and spoil the figures. */
const BUSY = 12

const SETTINGS = [
  { id: '1', streams: 1, isOneChannel: false, bar: 1.1 },
  { id: '40', streams: 40, isOneChannel: false, bar: 1.15 },
  { id: '100', streams: 100, isOneChannel: false, bar: 1.1 },
  { id: '4in1', streams: 4, isOneChannel: true, bar: 1.15 },
] as const satisfies readonly (Setting & { bar: number })[]

const ratioOf = (setting: Setting, { streams }: Run): number =>
  meanOf(streams.map(({ production, sightings }) => stalenessOf(production, sightings))) / optimumOf(setting)

/** Tails of the streams whose channel had room for an edit when their last token was made. */
const tailsOf = ({ streams, edits }: Run): number[] =>
  streams.flatMap(({ production, sightings }) => {
    const final = sightings.find(({ last }) => last === TOKENS - 1)
    const before = (edits.get(final?.channel ?? '') ?? []).filter((at) => at < (final?.at ?? 0))
    return hasRoom(before, production.at(-1) ?? 0) ? [tailOf(production, sightings)] : []
  })

const editsPer1k = ({ streams, edits }: Run): number =>
  (edits.values().reduce((sum, own) => sum + own.length, 0) * 1000) / (streams.length * TOKENS)

/** Every setting at once: each has a Discord, a bot and a limit of its own. */
const measure = async (pacer: Pacer) => {
  const found = await Promise.all(
    SETTINGS.map(async (setting) => {
      const run = await runSetting(setting, pacer)
      return { run, ratio: ratioOf(setting, run) }
    }),
  )
  const runs = found.map(({ run }) => run)
  const streams = runs.flatMap((run) => run.streams)
  return {
    ratios: found.map(({ ratio }) => ratio),
    firstText: meanOf(streams.map(({ production, sightings }) => firstTextOf(production, sightings))),
    tail: meanOf(runs.flatMap(tailsOf)),
    edits: Math.max(...runs.map(editsPer1k)),
    tooMany: runs.reduce((sum, run) => sum + run.tooMany, 0),
  }
}

/** How stale a streamed text is, against the best that Discord's limits allow. See measure.ts for the terms. */
export const bench: Bench = async () => {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const ours = await measure(skein)
  const fixed = await measure(fixedInterval)
  const delay = loop.percentile(99) / 1e6
  if (delay > BUSY) console.error(`stream: this machine was busy (timers up to ${delay.toFixed(0)} ms late)`)
  const staleness = SETTINGS.map(({ id, bar }, index) =>
    atMost([`staleness_${id}`, ours.ratios[index] ?? Infinity, '× optimum', bar], {
      fixed_interval: fixed.ratios[index] ?? Infinity,
    }),
  )
  return [
    ...staleness,
    atMost(['first_text_ms', ours.firstText, 'ms', 250], { fixed_interval: fixed.firstText }),
    atMost(['tail_ms', ours.tail, 'ms', 100], { fixed_interval: fixed.tail }),
    atMost(['edits_per_1k', ours.edits, '', 26], { fixed_interval: fixed.edits }),
    atMost(['too_many', ours.tooMany, '', 0], { fixed_interval: fixed.tooMany }),
  ]
}
