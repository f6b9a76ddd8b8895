import { cleanContent, type Message, type TextBasedChannel } from 'discord.js'

/** What a person reads of a text: names for mentions and channels, and `:name:` for a server's own emoji. */
export const asRead = (content: string, channel: TextBasedChannel): string =>
  cleanContent(content, channel).replace(/<a?:(\w{2,32}):\d{17,20}>/gu, ':$1:')

/** The bot as a text names it: itself, or the role that it came to the server with. */
const namesOfBot = ({ client, guild }: Message): RegExp => {
  const role = client.user && guild?.roles.botRoleFor(client.user)?.id
  const ids = [`@!?${client.user?.id}`, ...(role ? [`@&${role}`] : [])].join('|')
  return new RegExp(`\\s*<(?:${ids})>[,:]?`, 'gu')
}

/** What a person reads of a message, but for the bot's name: that calls it, and is nothing that anyone says. */
export const readable = (message: Message): string => {
  const bare = message.content.replace(namesOfBot(message), '')
  return asRead(bare === message.content ? bare : bare.trim(), message.channel)
}

/** Whether a message asks for an answer: by the bot's name, or by replying to what the bot wrote. */
export const isCalling = ({ client, mentions }: Message): boolean =>
  client.user !== null &&
  (mentions.has(client.user, { ignoreEveryone: true }) || mentions.repliedUser?.id === client.user.id)
