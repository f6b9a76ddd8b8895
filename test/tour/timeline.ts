import type { APIMessage } from 'discord-api-types/v10'
import { labelsOf, type Player } from '../doubles/player.ts'
import type { SeenMessage, Visitor } from '../doubles/visitor.ts'

export type Stop = {
  readonly visitor: Visitor
  readonly player: Player
  readonly thread: string
  readonly print: (text: string) => void
  readonly heading: (text: string) => void
  readonly expect: (shown: boolean, what: string) => void
}

const shown = ({ visitor, thread }: Stop, id: string): APIMessage | undefined =>
  visitor.messagesIn(thread).find(({ message }) => message.id === id)?.message

const until = (stop: Stop, what: string, id: string, fits: (message: APIMessage) => boolean) =>
  stop.visitor.until(what, () => {
    const message = shown(stop, id)
    return message && fits(message) ? message : undefined
  })

const privately = ({ print }: Stop, { content }: APIMessage) =>
  print(`  (for the player alone) ${content.replaceAll('\n', '\n    ')}`)

/** A second answer beside the first, and back. */
export const swipe = async (stop: Stop, { message: first }: SeenMessage): Promise<void> => {
  const { heading, player, expect, print } = stop
  heading('Mara wants another answer, and goes back to the first.')
  await player.click(first, 'Regenerate')
  const second = await until(stop, 'a second answer', first.id, (message) =>
    labelsOf(message).includes('2/2 ▶'),
  )
  print(`  Skein\n    ${second.content.replaceAll('\n', '\n    ')}`)
  expect(second.content !== first.content, 'another answer on the same message')
  await player.click(second, '◀')
  await until(stop, 'the first answer', first.id, ({ content }) => content === first.content)
  expect(true, 'the first answer again, as it was')
}

/** Back to an earlier turn, and forward again. */
export const rewindAndUndo = async (stop: Stop, { message: last }: SeenMessage): Promise<void> => {
  const { heading, player, thread, expect } = stop
  heading('/rewind, and Undo')
  const asked = await player.command(thread, ['rewind'], { turn: '3' })
  privately(stop, asked)
  const done = await player.clickForReply(asked, 'Rewind')
  await until(stop, 'the answer struck through', last.id, ({ content }) => content.includes('~~'))
  expect(true, 'what came after turn 3 struck through')
  privately(stop, await player.clickForReply(done, 'Undo'))
  await until(stop, 'the answer as it was', last.id, ({ content }) => content === last.content)
  expect(true, 'all of it in force again, and shown as before')
}

/** A player changes their mind about their words. */
export const edit = async (stop: Stop, from: string, content: string): Promise<void> => {
  const { heading, visitor, player, thread, expect } = stop
  heading('Mara edits her last message, and has it answered anew.')
  const mine = visitor.messagesIn(thread).findLast(({ message }) => message.content === from)
  await visitor.do({ do: 'edit', channel: thread, message: mine?.message.id ?? '', content })
  const offer = await visitor.until('the offer', ({ messagesIn }) =>
    messagesIn(thread).find(({ message }) => labelsOf(message).includes('Answer anew')),
  )
  await player.click(offer.message, 'Answer anew')
  await visitor.until('the third answer', ({ messagesIn }) =>
    messagesIn(thread).find(({ message }) => labelsOf(message).includes('3/3 ▶')),
  )
  expect(true, 'a third answer, to the new words')
}

/** Another way, in a thread of its own, and what differs. */
export const branch = async (stop: Stop): Promise<void> => {
  const { heading, visitor, player, thread, expect, print } = stop
  heading('/branch create, /branch diff and /branch tree')
  const begun = await player.command(thread, ['branch', 'create'], { name: 'In the dark', turn: '3' })
  privately(stop, begun)
  const own = /<#(\d+)>/u.exec(begun.content)?.[1] ?? ''
  await visitor.until('the branch’s newest answer', () =>
    visitor.messagesIn(own).find(({ message }) => labelsOf(message).includes('Branch')),
  )
  await player.say(own, '*blows out the lantern instead*')
  await player.answer(own)
  const diff = await player.command(own, ['branch', 'diff'])
  print(`  ${diff.content.replaceAll('\n', '\n  ')}`)
  expect(diff.content.includes('lantern'), 'what happened on each branch since they parted')
  const tree = await player.command(own, ['branch', 'tree'])
  const [picture] = tree.attachments
  print(`  a picture: ${picture?.filename}, ${picture?.width} × ${picture?.height}`)
  print(`    ${picture?.description?.replaceAll('\n', '\n    ')}`)
  expect(picture?.content_type === 'image/png', 'the tree as a picture, with its words as alt text')
}
