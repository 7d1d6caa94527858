/** 256 short words that are hard to take for one another when spoken; their order is part of the security code. */
export const codeWords: readonly string[] = `
actor alarm album amber angle anvil apple april arena armor arrow atlas attic autumn bacon badge bagel bamboo banana banjo barn
basil basket beach beard beaver bench bishop bison blanket bottle bracket branch bread brick bridge bronze bucket buffalo butter
cabin cactus camel candle canoe canyon carbon cargo carpet carrot castle cedar cello chapel cherry chess cider circus clay clover
cobalt coconut coffee comet copper coral cotton cowboy crater cricket crystal daisy dance delta denim desert diamond dinner
doctor dolphin domino donkey dragon drum eagle easel echo elbow elephant ember engine envelope fabric falcon farmer feather
fiddle flame flute forest fossil fountain fox galaxy garden garlic gecko ginger giraffe glacier goblet gorilla granite guitar
hammer harbor hazel helmet heron hockey honey horizon hunter iceberg igloo indigo insect island ivory jacket jaguar jasmine jelly
jigsaw jungle jupiter kayak kettle kitchen kiwi koala ladder lagoon lantern laser lava lemon leopard lilac lizard llama lobster
magnet mango maple marble meadow melon mermaid meteor mirror monkey mosaic museum mustard napkin nectar needle nickel nutmeg
oasis ocean office olive onion opera orange orbit orchid otter oyster paddle panda paper parrot peanut pebble pencil pepper piano
pickle pigeon pilot pirate planet plum pocket polar pony poppy potato prairie puzzle pyramid quartz rabbit radar radish rainbow
raven ribbon river robot rocket ruby saddle salmon sandal saturn scarf shadow shark silver sofa spider spiral sunset tango teapot
temple tiger tomato tulip tunnel turtle tuxedo umbrella uncle unicorn vacuum valley vanilla velvet violet violin volcano waffle
walnut walrus whale willow window winter wizard yellow yoga
`.trim().split(/\s+/);
