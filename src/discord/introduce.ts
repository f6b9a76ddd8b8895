import type { Message } from 'discord.js'
import type { Texts } from '../locales/en.ts'
import { NAME_LIMIT } from '../story/cast.ts'
import { button, row } from './buttons.ts'
import { customId } from './custom-id.ts'
import { plain, subtext } from './render.ts'

/** The button that opens the form in which one says who one plays. */
export const PERSONA_ASK = 'persona-ask'

/** Asks one who has just begun to play under their own name who they are. They can play on without an answer. */
export const askForPersona = async (
  message: Message,
  name: string,
  { known: words }: Texts,
): Promise<void> => {
  await message.reply({
    content: subtext(words.ask(plain(name, NAME_LIMIT))),
    components: [row(button(words.askButton, customId(PERSONA_ASK)))],
  })
}
