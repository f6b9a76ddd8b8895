import { expect, test } from 'vitest'
import { saidParts } from '../../src/prompt/history.ts'
import type { Line } from '../../src/story/line.ts'

const line = (text: string, witnesses: readonly string[]): Line => ({
  ...{ id: text, turn: 2, place: 1, speaker: 'Ada', kind: 'dialogue', source: null },
  ...{ text, witnesses },
})
const said = (...lines: readonly Line[]) => saidParts('Mira', lines, 2, (name) => name)
const aloud = ['narrator', 'Ada', 'Mira', 'Jon']

test('what was whispered stands apart from what all heard, and says that it was for one alone', () => {
  const parts = said(line('*whispers* ', aloud), line('“Hush.”', ['Ada', 'Mira']), line('“Well?”', aloud))
  expect(parts.map(({ text }) => text)).toEqual([
    'Ada: *whispers*',
    'Ada (whispering to you alone): “Hush.”',
    'Ada: “Well?”',
  ])
  expect(parts.map(({ audience }) => audience)).toEqual([aloud, ['Ada', 'Mira'], aloud])
})
