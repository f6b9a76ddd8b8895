/** What Skein says where a first scene is read from prose, corrected and begun. */
export const kickoffTexts = {
  kickoff: {
    about: 'Set a scene from a few lines of prose: where and when it is, who is there, and what they do',
    notYours: 'Only whoever started this story, or a moderator, can set its scene. Ask one of them.',
    /** To whoever starts a story. */
    newcomer:
      '`/story kickoff` there sets the first scene from a few lines of prose: place, time, and who does what.',

    formHeading: 'How does the scene begin?',
    prose: 'In a few lines of prose',
    proseHint: 'The lantern room, at dusk; rain. Mira mends a net. Ada comes in, a letter in hand.',

    heading: '### How the scene begins',
    footer:
      'Nothing is set yet. Choose a part to correct it; **Begin here** sets the scene, in the place of one that is open.',
    place: 'Where',
    time: 'When',
    weather: 'Weather',
    people: 'Who is there',
    relation: (from: string, to: string) => `${from} to ${to}`,
    /** Of what the scene leaves as it is. */
    unchanged: (now: string) => (now ? `${now}, as it is` : 'as it is'),
    noPlace: 'no place in particular',
    everybody: 'everybody',
    nothingKnown: 'nothing is known of what they do',
    inside: (place: string) => `in ${place}`,
    day: (time: string, firstDay: string) => `${time}; day 1 is ${firstDay}`,
    felt: (affinity: number, trust: number) => `affinity ${affinity}, trust ${trust}`,

    correct: 'Correct a part',
    before: 'Parts before',
    after: 'More parts',
    begin: 'Begin here',
    discard: 'Discard',

    field: {
      name: 'Which place; empty for none',
      type: 'What it is',
      inside: 'The place that it is in, if any',
      traits: 'What is special about it',
      time: 'When; empty for as it is',
      firstDay: 'What day 1 is; empty for as it is',
      weather: 'What the weather is like; empty for as it is',
      people: 'Who is there; empty for everybody',
      posture: 'How they stand, sit or lie',
      action: 'What they do',
      attention: 'Whom or what they attend to',
      holding: 'What they hold, with commas',
      status: 'What holds for longer',
      affinity: 'Affinity, from 0, hatred, to 100, love',
      trust: 'Trust, from 0, none, to 100, blind',
      summary: 'What is between them',
    },
    hint: {
      name: 'Lantern room',
      type: 'room',
      inside: 'Lighthouse',
      time: 'Day 1, 18:30',
      firstDay: 'the eve of the fair',
      weather: 'rain',
      people: 'Ada, Mira',
      posture: 'sitting · all five empty: they are not there',
      action: 'mending a net',
      attention: 'the door',
      holding: 'a needle, twine',
      status: 'wounded',
      affinity: '50 · all three empty: take it out',
      trust: '50',
      summary: 'Mira suspects that Ada knows why the light went out.',
    },
    /** What a place is, where nothing more is said. */
    somePlace: 'place',

    noTime: (typed: string) =>
      `“${typed}” is not a time of this story. Write it as \`Day 2, 18:05\` or \`18:05\`. Nothing was changed; choose the part again.`,
    noFeeling: (typed: string) =>
      `“${typed}” is not a whole number from 0 to 100. Nothing was changed; choose the part again.`,
    noTrait: (typed: string, traits: string) =>
      `“${typed}” is nothing that a place can be. There is: ${traits}. Nothing was changed; choose the part again.`,
    insideItself: 'A place cannot be inside itself. Nothing was changed; choose the part again.',
    partGone: 'They are no longer part of this proposal, so nothing was changed.',
    gone: 'This proposal is no longer there: it was used or discarded, or Skein was restarted. Run `/story kickoff` to ask anew.',

    none: {
      late: 'No model answered in time. Nothing was changed; run `/story kickoff` again in a moment.',
      unreadable:
        'The model answered with something that cannot be read. Nothing was changed; run `/story kickoff` again, or shorten the prose.',
      nothing:
        'There is nothing in this prose that a scene could be set from. Say where it is, who is there, or what they do, and run `/story kickoff` again.',
      empty: 'The model answered with nothing. Nothing was changed; run `/story kickoff` again.',
      too_long:
        'This prose, with who is in the story, is too long for the model. Run `/story kickoff` again with fewer words.',
    },

    begun: 'The scene is set. Write in the thread, or `/continue`, and it goes on from there.',
    discarded: 'Discarded. The story stands as it did.',
    /** To all who read along. */
    set: (where: string, when: string, who: string) =>
      `🎬 The scene is set: ${[where && `**${where}**`, when, who].filter(Boolean).join(' · ')}`,
  },
}
