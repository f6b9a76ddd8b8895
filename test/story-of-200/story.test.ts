import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whatEachOneKnows } from './knows.ts'
import { type Played, play } from './play.ts'
import { whatEachPromptHolds } from './prompts.ts'
import { whatEachPlayerMayRead } from './reads.ts'
import { LAST } from './script.ts'

// It is acted out once, and then asked: what it was at the end of any turn can be read as long as it is open.
let played: Played
beforeAll(async () => {
  played = await play()
}, 120_000)
afterAll(() => played?.stores.close())

describe(`a story of ${LAST} turns`, () => {
  test('is told to its end', () => {
    expect(played.heads['as it stands'].get(LAST)?.state.turn).toMatchObject({ number: LAST, phase: 'told' })
  })
  describe('what each one knows', () => whatEachOneKnows(() => played))
  describe('what each prompt holds', () => whatEachPromptHolds(() => played))
  describe('what each player may read', () => whatEachPlayerMayRead(() => played))
})
