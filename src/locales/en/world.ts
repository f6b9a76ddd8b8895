import { twoDigits } from '../../kit/text.ts'
import type { Action } from '../../story/activity.ts'
import type { TimeOfDay } from '../../story/clock.ts'
import type { Refusal } from '../../story/draft.ts'
import type { PlaceTraits } from '../../story/place.ts'

/** Why a change of the world comes to nothing. */
type WorldRefusal = Extract<
  Refusal['refused'],
  | 'nothing_changed'
  | 'malformed'
  | 'unknown_entity'
  | 'unknown_place'
  | 'too_many_places'
  | 'place_loop'
  | 'place_in_use'
  | 'scene_open'
  | 'no_scene'
  | 'already_present'
  | 'not_present'
  | 'edge_to_self'
>

const when = ({ day, hour, minute }: TimeOfDay): string =>
  `Day ${day}, ${twoDigits(hour)}:${twoDigits(minute)}`

const span = (minutes: number): string => {
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return said.join(' ') || '0 min'
}

/** What Skein says where people change the world of a story by hand. */
export const worldEdits = {
  /** What is common to all of it. */
  change: {
    notYours: 'Only whoever started this story, or a moderator, can change its world. Ask one of them.',
    row: (label: string, before: string, after: string) => `**${label}**: ${before} → ${after}`,
    nothing: 'nothing',
    yes: 'yes',
    no: 'no',
    further: (count: number) => `… and ${count} more.`,
    refused: {
      nothing_changed: 'Nothing was changed: that is how it stood already.',
      malformed:
        'Nothing was changed: a name or a short text has 1 to 80 characters, and nobody holds more than 12 things.',
      unknown_entity:
        'They are no longer in the story. Nothing was changed; `/scene show` lists who is present.',
      unknown_place:
        'That place is no longer in the story. Nothing was changed; `/place list` shows all of them.',
      too_many_places:
        'This story has as many places as it can hold. Remove one with `/place remove`, then add this one.',
      place_loop: 'A place cannot be inside itself, or inside a place that it holds. Choose another one.',
      place_in_use:
        'This place is in use: the scene or someone is there, or it holds other places. Move them first with `/scene join`, `/scene close` or `/place edit`.',
      scene_open: 'A scene is open. Close it with `/scene close`, then open the next one.',
      no_scene: 'No scene is open. `/scene open` begins one.',
      already_present: 'They are in the scene, at that very place. Nothing was changed.',
      not_present: 'They are not in the scene. `/scene show` lists who is.',
      edge_to_self: 'That is one and the same. Choose two.',
    } satisfies Record<WorldRefusal, string>,
  },

  /** What people type to name someone or something. */
  known: {
    nameless: 'Someone',
    unknown: (typed: string, names: string) => `Nothing here is called “${typed}”. There is: ${names}.`,
    several: (typed: string, names: string) => `“${typed}” could be each of these: ${names}. Write it out.`,
    noCast: 'Nobody is in this story yet. Bring someone in with `/character create`.',
    noPlaces: 'This story has no places yet. Whoever started it can add one with `/place add`.',
    /** Said once to one who plays under the name that Discord shows. */
    ask: (name: string) => `You play as ${name}. If you are someone else in this story, say who.`,
    askButton: 'Say who you are',
    taken: (name: string) =>
      `Someone in this story is called **${name}** already. Nothing was saved; choose another name.`,
    written: 'What else you wrote stands here, to copy it:',
  },

  place: {
    about: 'The places of this story',
    add: 'Add a place to this story',
    edit: 'Change what a place is like',
    remove: 'Take a place out of this story',
    list: 'Show the places, each within those around it',
    option: {
      place: 'Which place',
      name: 'What it is called',
      newName: 'What it is called from now on',
      type: 'What it is: a room, a ship, a wood',
      inside: 'The place that it is in',
      newInside: 'The place that it is in; “-” if it is in none',
      moving: 'Whether it moves and takes along what is in it, as a ship does',
      public: 'Whether anyone may come in',
      heard: 'Where one hears what is said aloud in it',
      within: 'Only what is inside this place',
    },
    field: {
      name: 'Name',
      type: 'What it is',
      inside: 'Inside',
      moving: 'Moves',
      public: 'Open to anyone',
      heard: 'Heard',
    },
    heard: {
      within: 'only inside it',
      near: 'inside it, around it, and in what it holds',
      far: 'also one step on, in the places beside it',
    } satisfies Record<PlaceTraits['audible'], string>,
    heading: (count: number) => (count === 1 ? '**1 place**' : `**${count} places**`),
    entry: (name: string, traits: readonly string[]) => `**${name}** · ${traits.join(' · ')}`,
    mark: {
      moving: 'moves',
      closed: 'not open to anyone',
      within: 'sound stays inside',
      far: 'heard far off',
    },
    further: (count: number) => `… and ${count} more. \`/place list\` with a place shows what is inside it.`,
    added: (name: string) => `**${name}** is added.`,
    changed: (name: string) => `**${name}** is changed.`,
    removed: (name: string) => `**${name}** is removed.`,
  },

  scene: {
    about: 'The scene that is being played',
    show: 'Show where the scene is, and who is present',
    open: 'Open a scene: only those who take part perceive what happens in it',
    close: 'Close the scene',
    join: 'Let someone come into the scene, or go to another place in it',
    leave: 'Let someone leave the scene',
    option: {
      place: 'Where it is',
      participants: 'Who takes part, separated by commas; without it, everybody',
      significance: 'How much it matters',
      joining: 'Who comes in, or goes to another place',
      leaving: 'Who leaves',
      joiningPlace: 'Where in the scene; without it, where the scene itself is',
    },
    significance: ['Nothing that matters', 'A small thing', 'It matters', 'Never to be forgotten'],
    closed: (number: number) =>
      number === 0
        ? 'No scene is open: everybody is together. `/scene open` begins one.'
        : `Scene ${number} is closed, and everybody is together. \`/scene open\` begins the next one.`,
    heading: (number: number, place: string) => `### Scene ${number}${place && ` · ${place}`}`,
    participant: (name: string, place: string) => (place ? `**${name}** · ${place}` : `**${name}**`),
    nobody: 'Nobody is present.',
    opened: (number: number) => `Scene ${number} is open.`,
    justClosed: (number: number, significance: string) =>
      `Scene ${number} is closed (${significance.toLowerCase()}). Everybody is together until \`/scene open\` begins the next one.`,
    joined: (name: string) => `**${name}** is in the scene.`,
    left: (name: string) => `**${name}** has left the scene.`,
    field: { place: 'Where', present: 'Present' },
    here: 'where the scene is',
    outside: 'not in the scene',
    together: 'everybody together',
  },

  activity: {
    about: 'What those in the story are doing',
    show: 'Show what those who are present do',
    set: 'Say what someone does; what you leave out stays as it is',
    clear: 'Forget what someone does',
    option: {
      who: 'Who',
      posture: 'How they stand, sit or lie; “-” for none',
      doing: 'What they do, as “reading”; “-” for nothing',
      minutes: 'How many minutes of the story it is expected to take',
      interrupted: 'What interrupts it',
      takes: 'How much of their attention it takes',
      where: 'Where exactly in the place, as “by the window”; “-” for no matter where',
      holding: 'What they hold, separated by commas; “-” for nothing',
      status: 'What holds for longer, as “wounded”; “-” for none',
      attendsTo: 'Whom or what they attend to; “-” for nobody',
    },
    field: {
      posture: 'Posture',
      action: 'Does',
      slot: 'Where exactly',
      holding: 'Holds',
      status: 'Status',
      attention: 'Attends to',
    },
    interrupted: {
      anything: 'anything',
      being_called: 'being called',
      urgency: 'only what is urgent',
      nothing: 'nothing',
    } satisfies Record<Action['interruptibility'], string>,
    takes: {
      little: 'little of their attention',
      half: 'half of their attention',
      all: 'all of their attention',
    } satisfies Record<Action['attention'], string>,
    action: ({
      label,
      since,
      minutes,
      takes,
      interrupted,
    }: {
      readonly label: string
      readonly since: string
      readonly minutes: number | null
      readonly takes: string
      readonly interrupted: string
    }) =>
      `${label} (since ${since}${minutes === null ? '' : `, for about ${span(minutes)}`}; takes ${takes}; interrupted by ${interrupted})`,
    entry: (name: string, parts: readonly string[]) => `**${name}** · ${parts.join(' · ')}`,
    holds: (things: string) => `holds ${things}`,
    attends: (to: string) => `attends to ${to}`,
    nothing: 'Nothing is known of what those present do. `/activity set` says it.',
    nothingSeen: 'There is nothing to see of what others do.',
    unknown: (name: string) => `Nothing is known of what **${name}** does.`,
    changed: (name: string) => `What **${name}** does is changed.`,
    cleared: (name: string) => `What **${name}** did is forgotten.`,
    noAction: (name: string) =>
      `It is not known what **${name}** does. Say it with \`doing\`; then how long it takes, and what interrupts it, can be said too.`,
  },

  clock: {
    about: 'The time and the weather in the story',
    show: 'Show which day and what time it is in the story',
    set: 'Set the day and the time',
    advance: 'Let time pass',
    weather: 'Change the weather',
    option: {
      day: 'Which day; the story begins on day 1',
      time: 'What time, as 18:30',
      anchor: 'What day 1 is, as “the eve of the fair”; “-” for no matter what',
      by: 'How much time, as “1h 30m”, “2 days” or “45” for minutes',
      weather: 'What the weather is like, as “fog”; “-” for no matter what',
    },
    when,
    field: { time: 'Time', anchor: 'Day 1 is', weather: 'Weather' },
    changed: 'The clock is set.',
    passed: (minutes: number) => `${span(minutes)} later.`,
    weatherChanged: 'The weather has changed.',
    notATime: (typed: string) => `“${typed}” is not a time of day. Write it as 18:30.`,
    notASpan: (typed: string) =>
      `“${typed}” is not an amount of time. Write it as \`1h 30m\`, \`2 days\`, or \`45\` for minutes.`,
  },

  relation: {
    about: 'How those in the story feel about each other',
    show: 'Show how those who are present feel about each other',
    set: 'Set how someone feels about someone else',
    option: {
      from: 'Who feels it',
      to: 'About whom',
      affinity: 'From 0, hatred, over 50 to 100, love',
      trust: 'From 0, none, over 50 to 100, blind',
    },
    field: { affinity: 'Affinity', trust: 'Trust' },
    pair: (from: string, to: string) => `**${from}** to **${to}**`,
    entry: (pair: string, affinity: string, trust: string) =>
      `${pair}\n-# ${affinity} affinity · ${trust} trust`,
    nobody: 'Fewer than two are present: there is nothing between them. `/scene show` lists who is present.',
    nobodyMet: (name: string) => `There is nobody yet about whom **${name}** feels anything in particular.`,
    notYours: (own: string) =>
      `What others feel is for whoever started this story, or a moderator. Yours is under **${own}**.`,
    changed: (pair: string) => `${pair} is changed.`,
  },
}
