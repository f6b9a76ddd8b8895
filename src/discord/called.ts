import { cleanContent, type Message, type TextBasedChannel } from 'discord.js'

/** What a person reads of a text: names for mentions and channels, and `:name:` for a server's own emoji. */
const asRead = (content: string, channel: TextBasedChannel): string =>
  cleanContent(content, channel).replace(/<a?:(\w{2,32}):\d{17,20}>/gu, ':$1:')

/** Where words were written, and who reads them. */
type Where = Pick<Message, 'client' | 'guild' | 'channel'>

/** The bot as a text names it: itself, or the role that it came to the server with. */
const namesOfBot = ({ client, guild }: Where): RegExp => {
  const role = client.user && guild?.roles.botRoleFor(client.user)?.id
  const ids = [`@!?${client.user?.id}`, ...(role ? [`@&${role}`] : [])].join('|')
  return new RegExp(`\\s*<(?:${ids})>[,:]?`, 'gu')
}

/** Words as a person reads them, but for the bot's name: that calls it, and is nothing that anyone says. */
export const wordsIn = (
  content: string,
  where: Where,
): { readonly text: string; readonly calls: boolean } => {
  const bare = content.replace(namesOfBot(where), '')
  const calls = bare !== content
  return { text: asRead(calls ? bare.trim() : bare, where.channel), calls }
}

/** What a person reads of a message, but for the bot's name. */
export const readable = (message: Message): string => wordsIn(message.content, message).text

/** Whether a message asks for an answer: by the bot's name, or by replying to what the bot wrote. */
export const isCalling = ({ client, mentions }: Message): boolean =>
  client.user !== null &&
  (mentions.has(client.user, { ignoreEveryone: true }) || mentions.repliedUser?.id === client.user.id)
