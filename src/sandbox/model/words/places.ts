/** Words for places, to find in a premise where it plays. */
export const placeWords: ReadonlySet<string> = new Set(
  `lighthouse harbour harbor ship boat island beach coast cliff port dock pier reef village town city street quarter
  market square bridge tavern inn pub bar cafe café bakery kitchen hotel castle palace fortress tower keep dungeon
  throne hall court temple church chapel abbey monastery cathedral crypt graveyard cemetery tomb pyramid ruin ruins
  forest wood woods grove swamp marsh jungle valley mountain mountains pass peak cave cavern mine tunnel river lake
  desert oasis canyon mesa plain moor field farm garden orchard mill house manor mansion cottage cabin hut attic cellar
  library school academy university museum theatre theater opera circus carnival fair hospital asylum prison station
  spaceship starship outpost colony base lab laboratory factory warehouse office apartment subway train carriage
  airship submarine planet moon world kingdom realm empire land shop bookshop store saloon frontier camp caravan
  crossroads road gate observatory archive vault sanctuary shrine arena estate glacier tundra bay lagoon`.split(
    /\s+/,
  ),
)
