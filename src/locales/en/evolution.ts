/** What Skein says about how characters changed. */
export const evolutionTexts = {
  evolution: {
    about: 'Show how a character has changed, and where',
    heading: (name: string) => `### How ${name} has changed`,
    arc: (from: number, to: number) => `**Turns ${from} to ${to}**`,
    details: (turn: number, scene: number | null, place: string) =>
      [`Turn ${turn}`, ...(scene === null ? [] : [`Scene ${scene}`]), ...(place ? [place] : [])].join(' · '),
    page: (number: number) => `Page ${number}`,
    none: (name: string) =>
      `**${name}** has not changed yet, as far as the story shows. After every ten turns of a story that is told in full, Skein looks for what is different.`,
    noPage: (number: number) =>
      `There is no page ${number} here. \`/character evolution\` begins with the newest.`,
    allShown: 'You see this because you started this story or moderate this server.',
    notYours:
      'How characters change is theirs to keep: only whoever started this story, or a moderator, reads it. Ask one of them; `/character show` shows who the characters are.',
  },
}
