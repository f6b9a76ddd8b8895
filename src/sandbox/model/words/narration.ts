import type { SpeechAct } from '../read/speech.ts'

/** What a narrator says apart from the answer to a deed. */

/** A deed told again, before what comes of it. `#did#` is the doer and the deed. */
export const retold: readonly string[] = [
  '#did.cap#.',
  '#did.cap#, while #sound# goes on as if nothing were the matter.',
  '#did.cap#, in full view of whoever may be looking.',
]

/** When the player spoke, and a character is by who may answer in the narrator's telling. */
export const answered: Readonly<Record<SpeechAct, readonly string[]>> = {
  greeting: [
    '“So there you are,” says #npc#, as if #you# had been expected, and late.',
    '#npc.v(look).cap# up, and takes a moment to put away whatever that face was doing. “Good evening. If it is one.”',
    '“Mind the step,” says #npc#, which may be how people say hello here.',
  ],
  farewell: [
    '“People say that,” says #npc#, “and then there they are again by morning.”',
    '#npc.v(lift).cap# a hand, and does not wave it.',
  ],
  thanks: [
    '“Don’t thank me yet,” says #npc#.',
    '#npc.v(shrug).cap# it off, but stands a little straighter after that.',
  ],
  apology: [
    '“It’s done,” says #npc#. “Sorry is for things that can still be helped.”',
    '#npc.v(wave).cap# it away, and yet it seems to have been the right thing to say.',
  ],
  threat: [
    '#npc.v(look).cap# at #you#, long and level. “You’ve done this before,” comes the answer at last, “but not often.”',
    '“There’s no call for that,” says #npc#, very quietly, and both hands come up empty.',
  ],
  name: [
    '“They call me #npc#,” comes the answer, “and I come, mostly.”',
    '“#npc.cap#,” comes the answer, after a pause in which another name might have been chosen.',
  ],
  introduction: [
    '“#name#,” says #npc#, tasting it. “I knew somebody of that name. It didn’t suit them either.”',
    '“Then I’ll call you that,” says #npc#, “for as long as it’s any use.”',
  ],
  who: [
    '“Nobody you’d want to have met,” says #npc#, and looks at the door before saying it.',
    '#npc.v(begin).cap# a name, and swallows it. “Ask me that again in daylight.”',
    '“I could tell you who it isn’t,” says #npc#. “It isn’t anyone from here.”',
  ],
  where: [
    '#npc.v(point).cap#, not with a finger but with the chin: #way#.',
    '“Where it’s always been,” says #npc#. “It’s the rest of the place that moves.”',
  ],
  why: [
    '“Because it was asked for,” says #npc#. “Not by me. I only heard the asking.”',
    '#npc.v(give).cap# the question a good deal of room. “There’s a reason,” it comes at last. “It isn’t a good one.”',
  ],
  when: [
    '“Sooner than I’d like,” says #npc#. “Later than it should have been.”',
    '#npc.v(count).cap# on the fingers of one hand, stops, and starts again. “Tonight,” says #npc#.',
  ],
  how: [
    '“Slowly,” says #npc#, “and with somebody holding the light.”',
    '“The same way it was done before,” says #npc#. “That’s the trouble with it.”',
  ],
  what: [
    '“That?” says #npc#. “That’s what’s left.”',
    '#npc.v(consider).cap# how little can be said. “It’s to do with #prop#. You’d guessed that much.”',
    '“You’d laugh,” says #npc#, not laughing.',
  ],
  whether: [
    '“Some days,” says #npc#. “Not today.”',
    '#npc.v(look).cap# away, and that is an answer of a kind.',
    '“You’d not have come if you thought I’d say no,” says #npc#.',
  ],
  request: [
    '“In a minute,” says #npc#, in the voice of someone buying one.',
    '#npc.v(weigh).cap# it. “All right. But I go first, and you don’t touch anything.”',
    '“I’ll do it,” says #npc#, “if you tell me afterwards that I was asked.”',
  ],
  yes: [
    '“Good,” says #npc#, and sounds as though it were anything but.',
    '#npc.v(nod).cap#, once. Something has been agreed, and it may have been more than was said.',
  ],
  no: [
    '“Suit yourself,” says #npc#. “It wasn’t really a question.”',
    '#npc.v(let).cap# that lie where it has fallen.',
  ],
  statement: [
    '“Is that what they told you?” says #npc#.',
    '#npc.v(turn).cap# the words over. “That may be,” comes the answer. “It would explain #prop#.”',
    '“I’d keep my voice down,” says #npc#, “if I meant to go on saying things like that.”',
    '#npc.v(say).cap# nothing, in the manner of someone who has just heard what they were afraid of.',
  ],
}

/** When the player spoke, and nobody with a name is there to answer. */
export const echoed: readonly string[] = [
  'The words go out into the place and are not wasted: #sound# stops to let them by.',
  'There is no answer, unless that is one: #sound#.',
  '“#lastwords.cap#,” says somebody, out where the light ends, not mocking, only trying how it feels.',
  'The words hang there. After a while #stranger# coughs and says, to nobody, “That’s been said before.”',
  '#stranger.cap# looks up at the sound of a voice, seems about to answer, and thinks better of it.',
  'It is said, and cannot be unsaid; and #place.v(seem)# to lean a little closer, the better to hear what follows.',
  'Someone laughs, once, under their breath, and it is a help to know at least that there is someone.',
  'For the length of a breath it seems that an answer is coming. What comes is #sound#.',
  'On the subject of #topic# the silence here is practised.',
  '“#topic.cap#,” a voice says from behind #surface#, thoughtfully, and there it stops.',
]

/** What a character who is by does of their own accord. */
export const bystander: readonly string[] = [
  '#npc.v(have).cap# gone very still, one hand flat on #surface#.',
  '#npc.v(watch).cap# all this with the face of someone doing sums.',
  '“Did you hear that?” says #npc#, low. “No. Don’t answer. Then it’s only me.”',
  '#npc.v(pick).cap# at a thread, and says, to the thread, “It was like this the last time.”',
  'A little way off #npc.v(stand)# with the light behind, so that there is no telling which way that face is turned.',
  '#npc.v(move).cap# to the other side, unasked, to where the exit is nearer.',
  '“Whatever you do,” says #npc#, “do it as though you’d been told to.”',
  '#npc.v(start).cap# to say something about #prop#, and coughs instead.',
  '“We should not be long here,” says #npc#, and makes no move to go.',
]

/** What ties the moment to what the story is about. */
export const reminders: readonly string[] = [
  'It is not an accident, any of this. Accidents are untidier.',
  'Somebody knows what all this is for. They are not far off.',
  'And there is still the matter of #prop#.',
  'Nobody here has mentioned #prop#. They have not mentioned it a good many times by now.',
  'Whatever else is going on, it leads back to #prop#, the way all the paths round a well lead to the well.',
  'One thing is plain: #prop.v(be)# no secret here, only something that is not said aloud.',
  'It might have nothing to do with #prop#. It is getting harder to believe so.',
  'Chalked small on #surface#, where few would look, there is a single line: remember #prop#.',
  'It was for #prop# that all this began, and it is towards #prop# that it is tending.',
  'Somewhere in all of this there is room for #prop#, like a space left at a table.',
  'There are as many stories about #prop# as there are people to tell them, and #place.v(have)# heard them all.',
]

/** How a turn is handed back to the players. */
export const hooks: readonly string[] = [
  'There are two ways to go from here: #way#, and back.',
  'It would be possible to turn back now. It will not be possible much longer.',
  'On one side, #way#; on the other, #stranger#, waiting to be spoken to.',
  'Within arm’s reach lies #thing#. Nobody has claimed it.',
  '#stranger.cap# is looking this way, with a question ready.',
  'Somebody will have to do something about that. Nobody else seems to be about to.',
  'The sound comes again, closer, from the direction of #way#.',
  'From #way# there comes a whistle, two notes, the kind that is meant to be answered.',
  'Whatever is to be done, the moment for it is now, or was a little while ago.',
  'What now?',
  'It waits.',
  'There is time for one thing more before it gets here.',
  'A hand could reach it from here. A word might do as well.',
  'Close by, someone draws a breath, and holds it, and looks at #you#.',
  'It is #way# or #thing#, it seems, and not much time is left for choosing.',
  '“Well?” says a voice.',
  'Of everyone here, it is #you# they are all careful not to look at.',
]

/** How an opening scene ends. */
export const firstHooks: readonly string[] = [
  'Nobody has spoken yet. It falls to #you#.',
  'Ahead, #way#. Close at hand, #thing#. And over by #surface#, pretending not to wait, #stranger#.',
  'The rest is for #you# to begin. What is the first thing that #you.v(do)#?',
  'There is #way#; there is #stranger#, who has not looked up; and there is the sense that both have been told to expect somebody.',
]

/** How the player comes into an opening scene. */
export const arrivals: readonly string[] = [
  'This is where #you.v(stand)#, with the road behind and #prop# somewhere ahead, and #sound# for company.',
  '#you.v(have).cap# come about #prop#. That is no secret; it may even be why the talk stopped.',
  'And so it is here, between #light# and the dark, that #you.v(arrive)#, and the whole place looks up and looks down again.',
  'Nobody saw #you# arrive, and nobody, from the look of them, is surprised.',
  'All of that was here first. Now there is #you# as well, and it makes a difference; one can hear it being made.',
  'What #you.v(know)# of #prop# would fit on one side of a card. What #place.v(know)# would not, and somebody here has read both.',
]

/** Who is there when a scene opens. */
export const presences: readonly string[] = [
  '#npc.v(be).cap# here already, beside #surface#, #trade# by the look of it, and does not seem surprised.',
  'Over by #surface#, half lit by #light#, #npc.v(stand)# with both hands in plain view: #trade#, and tonight something else as well.',
  '#npc.v(wait).cap# where the light is worst. One would know #npc# anywhere for #trade#.',
]
export const plainPresences: readonly string[] = [
  '#npc.v(be).cap# here already, beside #surface#, and does not seem surprised.',
  'Over by #surface#, half lit by #light#, #npc.v(stand)# with both hands in plain view.',
  '#npc.v(wait).cap# where the light is worst, and has the look of having waited some time.',
]

/** The colour of a story, from the words of its premise. Sentences that any moment can bear. */
export const moods: readonly { readonly words: string; readonly lines: readonly string[] }[] = [
  {
    words:
      'murder dead death blood haunted ghost curse cursed fear dark horror monster missing vanished lost drowned nightmare evil plague',
    lines: [
      'It is the kind of quiet that is made by somebody.',
      'The hair at the back of the neck is the first to know.',
      'Something has been here, and has only just finished being here.',
      'One keeps counting the people in the room. It keeps coming out right. One keeps counting.',
      'There is a cold spot, about the size of a person, and it has moved.',
    ],
  },
  {
    words:
      'love festival feast family friend friends home garden tea cosy cozy wedding dance gentle summer baker bakery cat harvest',
    lines: [
      'For all that, there is bread somewhere, warm, and someone is keeping a slice of it back.',
      'It is hard to be afraid of a place that smells of #smell#.',
      'Somebody has left a light on, as one does for people one is fond of.',
      'A cat has decided that all of this is for its benefit.',
      'It could almost be a holiday, if it were not for the one thing.',
    ],
  },
  {
    words:
      'heist rob thief thieves war battle guard guards escape chase race smuggler spy rebel assassin bounty outlaw attack siege',
    lines: [
      'Every exit has been noted, and so has everyone who is noting exits.',
      'There is not much time. There never was; now it shows.',
      'A plan is a list of things that will not happen, and the list is getting shorter.',
      'Somebody has talked. It is only a question of who, and of how much.',
      'The watch goes by on its round, a quarter of a minute early.',
    ],
  },
  {
    words:
      'magic wonder dream star stars dragon fairy fae spirit ancient legend prophecy quest secret enchanted library',
    lines: [
      'For an instant everything has an edge of light to it, as a page has.',
      'It is the hour in which old things remember what they were for.',
      'Far up something passes over, very large and entirely silent, and nobody remarks on it.',
      'The air has the feel of a word on the tip of the tongue.',
      'Somewhere a story that was finished long ago turns over in its sleep.',
    ],
  },
]
