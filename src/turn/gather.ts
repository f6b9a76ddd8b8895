import type { NewId } from '../kit/ids.ts'
import { type Decision, isRefusal, type Refusal, say } from '../story/decide.ts'
import { call, joined, type Said, saidBy, waitedFor } from '../story/gather.ts'
import type { Head } from '../story/head.ts'
import type { SayIntent } from '../story/intent.ts'
import type { TurnId } from '../story/ref.ts'
import type { SaidSegment } from '../story/segment.ts'
import type { TurnMode } from '../story/settings.ts'
import type { Decide } from './engine.ts'
import type { StoryStore } from './ports.ts'

type Deps = { readonly lines: StoryStore['lines']; readonly newId: NewId }

/** What was said by now in the turn that gathers; nothing where none does. */
export const gatheredIn = async ({ lines }: Pick<Deps, 'lines'>, head: Head): Promise<Said[]> => {
  const { phase, number } = head.state.turn
  return phase === 'gathering' ? lines(head, number, number) : []
}

/** Has the turn that gathers answered, without waiting for more. `turn`: that one and no other. */
export const calling =
  (by: string, deps: Deps, turn?: TurnId): Decide =>
  async (head) =>
    turn !== undefined && head.state.turn.id !== turn
      ? { refused: 'turn_not_gathering' }
      : call(head.state, by, await gatheredIn(deps, head), head.words, deps.newId)

/** What a player says in a story that takes turns in one of the ways. `calls`: they ask for the answer. */
export type Taken = {
  readonly player: SayIntent['player']
  readonly segments: readonly SaidSegment[]
  readonly mode: TurnMode
  readonly calls: boolean
}

/** Takes in what a player says and, where nothing is missing after that, has the turn answered. */
export const takeTurn = async (
  deps: Deps,
  head: Head,
  { player, segments, mode, calls }: Taken,
): Promise<Decision | Refusal> => {
  const { state, words } = head
  const isCalled = mode === 'mention' && calls
  // To call without a word is enough where something was said before.
  if (segments.length === 0 && isCalled && state.turn.phase === 'gathering')
    return calling(player.id, deps)(head)
  const gathers = mode === 'round' || (mode === 'mention' && !calls)
  const said = say(state, player, segments, words, deps.newId, gathers)
  if (isRefusal(said) || said.state.turn.phase !== 'gathering') return said
  const all = [...(await gatheredIn(deps, head)), ...saidBy(said)]
  const isWhole = mode === 'round' ? waitedFor(said.state, all).length === 0 : mode === 'each' || isCalled
  const called = isWhole ? call(said.state, player.id, all, words, deps.newId) : undefined
  return called && !isRefusal(called) ? joined(said, called) : said
}
