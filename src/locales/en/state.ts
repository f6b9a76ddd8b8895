/** What Skein says about how a story stands, to those who may know it. */
export const stateTexts = {
  /** What of a story someone sees, and why. */
  seen: {
    leading: 'You lead this story, so you see everybody’s.',
    present: (name: string) => `You see what **${name}** can know.`,
    elsewhere: (name: string) =>
      `**${name}** is not in the scene that is being played. What happens there shows once they come in.`,
    watching:
      'You play nobody in this story yet, so you see what is open to all. `/persona set` says who you are; then you see what they see.',
  },

  state: {
    about: 'Show how the story stands: the scene, who feels what, and what is remembered',
    option: {
      page: 'With what to begin; without it, with the scene',
      whose: 'Whose memories to show',
    },
    page: { scene: 'Scene', relations: 'Relations', memories: 'Memories' },
    again: 'Refresh',
    before: 'Before',
    after: 'More',
    back: 'Back',

    noScene: (number: number) =>
      number === 0 ? '### No scene is open yet' : `### Scene ${number} is closed, and the next not open yet`,
    now: (time: string, weather: string) => (weather ? `${time} · ${weather}` : time),
    dayOne: (anchor: string) => `Day 1 is ${anchor}`,

    relations: '### Who feels what',
    relationsOf: (name: string) => `### What ${name} feels`,
    nothingFelt: 'There is nothing to see of what anybody feels.',

    memories: '### What is remembered',
    ofWhom: 'Whose memories',
    remembersNothing: (name: string) => `**${name}** remembers nothing more here.`,
    nobodyRemembers: 'There is nobody whose memories you can read.',
    memoryGone:
      'This memory is not in force here any more: it was edited, forgotten, merged or rewound meanwhile. These are.',

    change: {
      ask: 'Change…',
      clock: 'The time',
      weather: 'The weather',
      activity: (name: string) => `What ${name} does`,
      join: (name: string) => `${name} comes into the scene`,
      leave: (name: string) => `${name} leaves the scene`,
      relation: (from: string, to: string) => `${from} to ${to}`,
      feelings: (affinity: number, trust: number) => `affinity ${affinity} · trust ${trust}`,
      memory: 'Open a memory, to edit, pin or forget it…',
      merge: 'Merge memories…',
      edit: 'Edit',
      pin: 'Pin',
      unpin: 'Unpin',
      forget: 'Forget…',
    },
    merged: (name: string, count: number) =>
      `**${name}** remembers this from now on, in the place of ${count} memories.`,

    form: {
      activity: (name: string) => `What ${name} does`,
      clock: 'The time',
      weather: 'The weather',
      merge: 'One memory in their place',
      day: 'Day',
      time: 'Time',
    },
    hint: {
      posture: 'sitting on the sill',
      action: 'mending a net',
      attention: 'someone’s name, or what they look at',
      holding: 'a lamp, a letter',
      status: 'wounded',
      day: '3',
      time: '18:30',
      anchor: 'the eve of the fair',
      weather: 'fog',
    },
    notADay: (last: number) =>
      `Nothing was saved: a day is a number from 1 to ${last.toLocaleString('en')}. Choose *The time* again.`,
    notAFeeling:
      'Nothing was saved: affinity and trust are whole numbers from 0 to 100. Choose the relation again.',
  },

  relations: {
    about: 'Draw who feels what about whom',
    heading: '### Who feels what',
    legend:
      'Each arrow says affinity / trust, both from 0 over 50 to 100. Green is liking, red dislike; dashed is distrust; the thicker, the stronger.',
    leftOut: (count: number) =>
      `${count === 1 ? '1 weaker feeling is' : `${count} weaker feelings are`} not drawn; \`/state\` has all of them.`,
    nothing:
      'There is nothing to draw yet: nobody feels anything in particular. It comes with the story, and `/relation set` says it by hand.',
    mark: (affinity: number, trust: number) => `${affinity} / ${trust}`,
    felt: (from: string, to: string, affinity: number, trust: number) =>
      `${from} to ${to}: affinity ${affinity}, trust ${trust}`,
    away: 'not in the scene',
    you: 'you',
    file: 'relations.png',
  },
}
