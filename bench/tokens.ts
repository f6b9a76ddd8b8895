import { atLeast, atMost, type Bench, type Figure } from './figure.ts'
import {
  around,
  inputOfRole,
  mean,
  naivePrompts,
  perTurn,
  prefixShare,
  writersPrompts,
} from './tokens/measure.ts'
import { type Told, tell } from './tokens/story.ts'

const TURNS = 1000

const WINDOW = 6000

const callsOf = (told: Told): Readonly<Record<string, number>> => {
  const turns = perTurn(told)
  return {
    calls: mean(turns.map(({ calls }) => calls)),
    output: mean(turns.map(({ output }) => output)),
    ...Object.fromEntries(
      (['planner', 'writer', 'archivist', 'summariser', 'chronicler', 'biographer'] as const)
        .filter((role) => told.calls.some((call) => call.role === role))
        .map((role) => [role, inputOfRole(told, role)]),
    ),
  }
}

const inputs = (told: Told): number[] => perTurn(told).map(({ input }) => input)

const flatnessOf = (all: readonly number[]): number => around(all, TURNS) / around(all, 50)

/** What a turn of a story of a thousand turns sends to models, in both modes, and how that grows with the story. */
export const bench: Bench = async (): Promise<Figure[]> => {
  const full = await tell('full', TURNS)
  const lean = await tell('lean', TURNS)
  const all = inputs(full)
  const standing = writersPrompts(full.calls)[0]?.prompt.slice(0, 4000) ?? ''
  const history = naivePrompts(full.lines, standing)
  const window = naivePrompts(full.lines, standing, WINDOW)
  const grown = history.map(({ input }) => input)
  return [
    atMost(['flatness', flatnessOf(all), '×', 1.05], {
      ...{ at_50: around(all, 50), at_200: around(all, 200), at_1000: around(all, TURNS) },
      ...{ lean: flatnessOf(inputs(lean)), full_history: flatnessOf(grown) },
      full_history_at_1000: around(grown, TURNS),
      window: flatnessOf(window.map(({ input }) => input)),
    }),
    atLeast(['prefix_share', prefixShare(writersPrompts(full.calls)), '', 0.6], {
      ...{ lean: prefixShare(writersPrompts(lean.calls)), window: prefixShare(window) },
    }),
    atMost(['input_full', mean(all), 'tokens', 12_000], callsOf(full)),
    atMost(['input_lean', mean(inputs(lean)), 'tokens', 9000], callsOf(lean)),
  ]
}
