import { plan } from '../../src/story/decide.ts'
import { drafting, isRefusal } from '../../src/story/draft.ts'
import { NARRATOR, SKEIN } from '../../src/story/ref.ts'
import { appendIfAccepted, nth, type Operation } from './appending.ts'
import { visibleIn } from './naive.ts'
import { expectSame, headNow, naive } from './world.ts'

/** Someone is planned to answer, and at times someone after them. */
export const plans: Operation = async (world, { a, b }) => {
  const { state } = await headNow(world)
  const voices = [NARRATOR, ...state.cast.characters.map(({ character }) => character)]
  const speakers = [...new Set([nth(voices, a) ?? NARRATOR, ...(b % 3 === 0 ? [NARRATOR] : [])])]
  const reason = a % 2 === 0 ? 'They were asked.' : null
  const planned = plan(state, { speakers, plan: `Do this, ${b}.`, reason }, world.newId)
  if (isRefusal(planned)) return false
  const told = await world.stores.store.lines(await headNow(world), state.turn.number - 1, state.turn.number)
  const lines = told.map(({ id }) => id)
  const events = planned.events.map((event) =>
    event.type === 'turn.planned' ? { ...event, data: { ...event.data, lines } } : event,
  )
  return appendIfAccepted(world, { ...planned, events })
}

/** What came of the newest turns is noted. */
export const settles: Operation = async (world, { b }) => {
  const { state } = await headNow(world)
  if (state.turn.phase !== 'told' || state.settled >= state.turn.number) return false
  const draft = drafting(state, SKEIN, world.newId)
  draft.emit({ type: 'turn.settled', data: { from: state.settled + 1, significance: b % 4 } })
  return appendIfAccepted(world, draft.doneInAnswer())
}

/** Turns leave, and are told in short to some; what was told in short becomes one, or is told again once it is lost. */
export const sumsUp: Operation = async (world, { a, b }) => {
  const head = await headNow(world)
  const { state } = head
  const expected = visibleIn(naive(world).copy, world.words).summaries
  expectSame('summaries', await world.stores.summaries.of(head), expected)
  const owner = nth(
    state.cast.characters.map(({ character }) => character),
    a,
  )
  const own = expected.filter((kept) => kept.owner === owner)
  const lost = b % 3 === 1 ? own.find(({ body }) => body === '') : undefined
  const { from, to } = lost ?? { from: state.past.left + 1, to: state.turn.number - 1 }
  if (!owner || to < from) return false
  const worded = own.filter(({ body }) => body !== '')
  const joins = b % 3 === 0 && worded.length > 1
  const rows = joins ? worded.slice(0, 2) : []
  const lines = joins ? [] : (await world.stores.store.lines(head, from, to)).map(({ id }) => id)
  const draft = drafting(state, SKEIN, world.newId)
  draft.emit({
    type: 'past.summarised',
    data: {
      text: draft.text(`So it was, ${b}.`),
      ...(joins ? { from: rows[0]?.from ?? 1, to: rows[1]?.to ?? 1, level: 1 } : { from, to, level: 0 }),
      owners: [{ owner, summary: world.newId() }],
      replaces: rows.map(({ id }) => id),
      lines,
    },
  })
  if (!joins && !lost) draft.emit({ type: 'past.left', data: { to } })
  return appendIfAccepted(world, draft.done())
}
