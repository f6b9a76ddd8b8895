import { plan } from '../../src/story/decide.ts'
import { drafting } from '../../src/story/draft.ts'
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
  return appendIfAccepted(world, plan(state, { speakers, plan: `Do this, ${b}.`, reason }, world.newId))
}

/** What came of the newest turns is noted. */
export const settles: Operation = async (world, { b }) => {
  const { state } = await headNow(world)
  if (state.turn.phase !== 'told' || state.settled >= state.turn.number) return false
  const draft = drafting(state, SKEIN, world.newId)
  draft.emit({ type: 'turn.settled', data: { from: state.settled + 1, significance: b % 4 } })
  return appendIfAccepted(world, draft.doneInAnswer())
}

/** Turns leave, and are told in short to some; or what was told in short becomes one. */
export const sumsUp: Operation = async (world, { a, b }) => {
  const head = await headNow(world)
  const { state, ref } = head
  const expected = visibleIn(naive(world).copy, world.words).summaries
  expectSame('summaries', await world.stores.summaries.of(head), expected)
  const owner = nth(
    state.cast.characters.map(({ character }) => character),
    a,
  )
  const to = state.turn.number - 1
  const from = state.past.left + 1
  if (!owner || to < from) return false
  const own = expected.filter((kept) => kept.owner === owner)
  const joins = b % 3 === 0 && own.length > 1
  const rows = joins ? own.slice(0, 2) : []
  const lines = joins
    ? await world.stores.summaries.citedBy(
        ref.story,
        rows.map(({ text }) => text),
      )
    : (await world.stores.store.lines(head, from, to)).map(({ id }) => id)
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
  if (!joins) draft.emit({ type: 'past.left', data: { to } })
  return appendIfAccepted(world, draft.done())
}
