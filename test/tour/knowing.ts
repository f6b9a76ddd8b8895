import type { Stop } from './timeline.ts'

/** Two characters, of whom one alone hears a secret, and what comes to the mind of each. */
export const twoWhoKnow = async ({ player, thread, print, heading, expect }: Stop): Promise<void> => {
  heading('Jon comes into the story, and leaves the scene. Then Ada tells Mira a secret.')
  const form = await player.openForm(thread, ['character', 'create'])
  const made = await form.fill({ name: 'Jon', persona: 'The ferryman. Loud, and sorry for it.' })
  print(`  (for the player alone) ${made.content.split('\n')[0]}`)
  await player.command(thread, ['scene', 'open'])
  const left = await player.command(thread, ['scene', 'leave'], { who: 'Jon' })
  print(`  (for the player alone) ${left.content.replaceAll('\n', '\n    ')}`)
  await player.say(thread, '"Mira, the silver key lies under the third stair."')
  await player.answer(thread)
  // What a turn brought about is noted once it is told, and before the next one is.
  await player.say(thread, '*listens to the sea*')
  await player.answer(thread)

  heading('/recall: what comes to the mind of each, of the stair')
  const asked = async (who: string): Promise<string> => {
    const { content } = await player.command(thread, ['recall'], { who, of: 'the third stair' })
    print(`  ${content.replaceAll('\n', '\n  ')}`)
    return content
  }
  expect((await asked('Mira')).includes('about the third stair'), 'Mira, who was there, remembering it')
  expect((await asked('Jon')).startsWith('Nothing of'), 'Jon, who was away, knowing nothing of it')
}
