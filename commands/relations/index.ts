import { MessageFlags } from 'discord.js'
import type { Command, CommandHandler } from '../../src/discord/command.ts'
import { castIn } from '../../src/discord/names.ts'
import { subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { en, type Texts } from '../../src/locales/en.ts'
import { drawGraph } from '../../src/pictures/graph.ts'
import { relationWeb, strongest, type WebWords, webAltText } from '../../src/pictures/relations.ts'
import type { Knowable } from '../../src/safety/knowable.ts'
import { present } from '../../src/story/scene.ts'
import { knownHere, personaIn, whyThisMuch } from '../known.ts'
import { strengthOf } from '../relation/relation.ts'
import { slash } from '../slash.ts'

/** Who is drawn, and what they feel: as far as a reader may know it. Where they are elsewhere, who is away shows not. */
const webFor = ({ head, reader, standing }: Knowable, texts: Texts) => {
  const { cast, scene, edges } = head.state
  const here = present(cast, scene)
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const people = castIn(head, texts)
    .filter(({ id }) => here.includes(id) || ends.has(id))
    .map(({ id, label }) => ({
      ...{ id, name: label, isReader: id === reader.persona },
      isAway: standing !== 'elsewhere' && !here.includes(id),
    }))
  return strongest(
    people,
    edges.map((edge) => ({ ...edge, strength: strengthOf(edge) })),
  )
}

const wordsFor = ({ relations: words }: Texts): WebWords => words

/** `/relations`: a picture, with the strongest relations in words for those who do not see it. */
const draw: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { relations: words } = texts
  const known = await knownHere(interaction, face)
  if (known.standing === 'watching') throw new UserFacingError('not_playing', texts.seen.watching)
  const { people, feelings, leftOut } = webFor(known, texts)
  const name = personaIn(known, texts)
  if (feelings.length === 0) {
    const nothing = known.standing === 'leading' ? words.nothing : texts.relation.nobodyMet(name)
    await interaction.reply({ content: nothing, flags: MessageFlags.Ephemeral })
    return
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const picture = await drawGraph(relationWeb(people, feelings, wordsFor(texts)))
  const description = webAltText(people, feelings, wordsFor(texts))
  await interaction.editReply({
    content: [
      words.heading,
      words.legend,
      ...(leftOut > 0 ? [words.leftOut(leftOut)] : []),
      subtext(whyThisMuch(known, texts)),
    ].join('\n'),
    files: [{ attachment: Buffer.from(picture), name: words.file, description }],
  })
}

export const relations: Command = { data: slash('relations', en.relations.about), run: draw }
