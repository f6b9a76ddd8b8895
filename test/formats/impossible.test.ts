import { describe, expect, test } from 'vitest'
import { ada } from '../story/given.ts'
import { read, story, written } from './forge.ts'

const { strands, branches, moves, events, texts } = story
const [root, other] = branches
const [rewound, undone] = moves
const last = events.length - 1
const indexOf = (type: string) => events.findIndex((event) => event.type === type)
const [evolved, formed] = [indexOf('cast.evolved'), indexOf('memory.formed')]
/** The log with one event written otherwise. */
const withEvent = (at: number, change: object) => ({
  events: events.map((event, index) => (index === at ? { ...event, ...change } : event)),
})
const withData = (at: number, change: object) => withEvent(at, { data: { ...events[at]?.data, ...change } })
/** The log in which a character changed otherwise. */
const withChange = (change: object) => {
  const event = events[evolved]
  const changes = event?.type === 'cast.evolved' ? event.data.changes : []
  return withData(evolved, { changes: changes.map((each) => ({ ...each, ...change })) })
}
const headed = (head: object) => ({ branches: [root, { ...other, head: { ...other?.head, ...head } }] })

describe('a story that Skein could not have written', () => {
  const spoken = indexOf('line.spoken')
  const regenerated = indexOf('turn.regenerated')
  const opened = events.findLastIndex(({ type }) => type === 'turn.opened')
  const cases: readonly (readonly [string, Parameters<typeof written>[0]])[] = [
    ['an unknown kind of event', withEvent(spoken, { type: 'line.sung' })],
    ['a kind of event that every object has', withEvent(spoken, { type: 'constructor' })],
    ['an event that is not of its form', withEvent(spoken, { data: { line: 1 } })],
    ['an id that leads out of a path', withData(spoken, { line: '../line' })],
    ['an id that ends a custom id', withData(spoken, { witnesses: ['a:b'] })],
    ['an id that is too long', withData(spoken, { text: 'a'.repeat(21) })],
    ['an id that ends a custom id, in how a character changed', withChange({ line: 'a:b' })],
    ['a name in how a character changed', withChange({ character: 'Mira Vale' })],
    ['a change in no turn', withChange({ turn: 0 })],
    ['a change outside its turns', withChange({ turn: 99 })],
    ['a change of one who is nobody’s character', withChange({ character: ada.id })],
    ['a change by a line that nobody said', withChange({ line: 'unsaid' })],
    ['a change from a line that nobody said', withChange({ lines: ['unsaid'] })],
    ['turns that end before they begin', withData(evolved, { from: 3, to: 2, changes: [] })],
    ['turns that are still to come', withData(evolved, { to: 1e15 })],
    ['a memory of one who is not in the story', withData(formed, { owner: 'stranger' })],
    ['a memory of what nobody said', withData(formed, { lines: ['unsaid'] })],
    ['two memories of one id', { events: [...events, { ...events[formed], seq: last + 2 }] }],
    ['hearsay over more than anybody tells', withData(formed, { chain: Array(201).fill('jon') })],
    [
      'words in how two stand to each other',
      withData(indexOf('edge.summarised'), { summary: 'Old friends.' }),
    ],
    ['words for why someone feels so', withData(indexOf('edge.shifted'), { reason: 'He lied.' })],
    ['a scene that ends for no known reason', withData(indexOf('scene.closed'), { reason: 'rain' })],
    ['hearsay that is nobody’s', withData(formed, { chain: ['Old Jon'] })],
    ['an actor that is no id', withEvent(spoken, { actor: 'Ada Lovelace' })],
    ['a label over several lines', withData(indexOf('place.added'), { name: 'Pier\nhead' })],
    ['no events', { events: [] }],
    ['a log that does not begin', { events: events.slice(1) }],
    ['two events of one seq', withEvent(spoken, { seq: events[spoken - 1]?.seq })],
    ['a seq that goes back', { events: [...events.slice(0, -1), { ...events[last], seq: 1 }] }],
    ['a seq past all counting', withEvent(last, { seq: 2 ** 60 })],
    ['an event on no strand', withEvent(last, { strand: 7 })],
    ['an event of a turn that is not there', withEvent(last, { turn: 9 })],
    ['an event of an answer that nobody asked for', withEvent(last, { alternate: 4 })],
    ['an answer that is asked for under another number', withData(regenerated, { alternate: 2 })],
    ['an opening that leaves out a turn', withEvent(opened, { turn: 4 })],
    ['an opening after an answer that is not there', withData(opened, { after: 1 })],
    ['an opening that belongs to one answer', withEvent(opened, { alternate: 0 })],
    ['no strands', { strands: [] }],
    ['two strands that begin the story', { strands: strands.map((strand) => ({ ...strand, parent: null })) }],
    ['a strand before its parent', { strands: [...strands].reverse() }],
    ['a strand that is its own parent', { strands: [strands[0], { ...strands[1], parent: 2 }] }],
    ['two strands of one number', { strands: [strands[0], strands[1], strands[1]] }],
    [
      'a strand that leaves before its parent begins',
      { strands: [strands[0], { ...strands[1], forkSeq: -1 }] },
    ],
    [
      'a strand that leaves past its parent’s end',
      { strands: [strands[0], { ...strands[1], forkSeq: 999 }] },
    ],
    [
      'a strand that leaves after what stands on it',
      { strands: [strands[0], { ...strands[1], forkSeq: last + 1 }] },
    ],
    ['no branches', { branches: [], moves: [] }],
    ['no first branch', { branches: [{ ...root, id: 'first' }, other], moves: [] }],
    ['two branches of one id', { branches: [root, other, other] }],
    ['a branch of no parent', { branches: [root, { ...other, parent: 'gone' }] }],
    ['a branch that is its own parent', { branches: [root, { ...other, parent: 'b2' }] }],
    [
      'branches that are each other’s parents',
      {
        branches: [root, { ...other, parent: 'b3' }, { ...other, id: 'b3', parent: 'b2' }],
      },
    ],
    ['a branch whose id is no id', { branches: [root, { ...other, id: '../b2' }] }],
    ['a head on no strand', headed({ strand: 3 })],
    ['a head past the end of its strand', headed({ seq: last + 2 })],
    ['a head before its strand begins', headed({ seq: 1 })],
    ['a head in another turn', headed({ turn: 1 })],
    ['a head at an answer that is not there', headed({ alternate: 1 })],
    ['a move of no branch', { moves: [{ ...rewound, branch: 'gone' }] }],
    ['two moves of one number', { moves: [rewound, rewound] }],
    ['a move that takes back one that is not there', { moves: [undone] }],
    ['a move for no known reason', { moves: [{ ...rewound, cause: 'hacked' }] }],
    ['a move to where nobody can be', { moves: [{ ...rewound, to: { ...rewound?.to, seq: 999 } }] }],
    ['two texts of one id', { texts: [...texts, texts[0]] }],
    ['a text whose author is no id', { texts: [{ ...texts[0], author: '<@1001>' }] }],
  ]
  test.each(cases)('%s', (_, change) => {
    expect(read(written(change))).toEqual({ fault: 'malformed' })
  })
})
