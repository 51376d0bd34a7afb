import { makeWorld, type World } from './world.ts';

/** Entities that several subgraphs contribute to, back and forth, with plain and nested keys. */
const neighbours = makeWorld('neighbours', {
  residents: `
    type Query { me: Person people(first: Int = 3): [Person!]! person(id: ID!): Person matrix: [[Person]] count(of: Int): Int }
    type Person @key(fields: "id") { id: ID! name: String! nickname(style: Style = SHORT): String home: Home
      friends: [Person] best: Person! tags: [String!] grid: [[Int!]!] sex: Sex }
    type Home @key(fields: "id") { id: ID! floor: Int }
    enum Sex { MALE FEMALE }
    enum Style { SHORT LONG }`,
  places: `
    type Query { homes: [Home] home(id: ID!): Home! }
    type Home @key(fields: "id") { id: ID! street: String! area: Area address: Address! }
    type Area @key(fields: "id") { id: ID! title: String parent: Area areas: [Area!] }
    type Address { line: String zip: Int! country: Country! }
    type Country { code: String! name: String }
    type Person @key(fields: "id") { id: ID! livesIn: Area neighbours(first: Int = 2): [Person!] }`,
  services: `
    type Query { visits(kind: Kind): [Visit!] }
    type Visit @key(fields: "id") { id: ID! note: String who: Person! where: Area }
    type Person @key(fields: "id") { id: ID! visits: [Visit!]! score: Int! lastVisit: Visit }
    type Area @key(fields: "id") { id: ID! visits: [Visit] busy: Boolean! }
    enum Kind { HOME PHONE }`,
});

const shop = makeWorld(
  'shop',
  {
    catalogue: `
    scalar JSON
    type Query { articles: [Article!] article(n: Int): Article }
    type Article @key(fields: "id") @key(fields: "sku { code maker { name } }") {
      id: ID! sku: Sku! price: Int weight: Int size: Size name: String! parts: [Part!] extra: JSON }
    type Part @shareable { label: String weight: Int }
    type Sku @shareable { code: String! maker: Maker! }
    type Maker @shareable { name: String! }
    type Size @shareable { width: Int height: Int depth: Depth }
    type Depth @shareable { millimetres: Int }`,
    delivery: `
    type Query { deliveries: [Delivery] }
    type Delivery @key(fields: "id") { id: ID! article: Article! status: String }
    type Article @key(fields: "id") { id: ID! price: Int @external weight: Int @external size: Size @external
      parts: [Part!] @external
      fee(express: Boolean = false): String @requires(fields: "price weight")
      box: String @requires(fields: "size { width depth { millimetres } }")
      handling: String @requires(fields: "parts { label }")
      days: Int! }
    type Part @shareable { label: String weight: Int }
    type Size @shareable { width: Int height: Int depth: Depth }
    type Depth @shareable { millimetres: Int }`,
    stock: `
    type Query { shelves: [Shelf!]! }
    type Shelf { row: Int articles: [Article] first: Article @provides(fields: "name") }
    type Article @key(fields: "sku { code maker { name } }") { sku: Sku! @shareable amount: Int warehouses: [String]
      name: String! @external }
    type Sku @shareable { code: String! maker: Maker! }
    type Maker @shareable { name: String! }`,
    ratings: `
    type Article @key(fields: "id") { id: ID! fee(express: Boolean = false): String @external stars: Int
      verdict: String @requires(fields: "fee") }`,
  },
  ['catalogue', 'delivery'],
);

/** Interfaces and unions, in one subgraph and across. */
const creatures = makeWorld('creatures', {
  first: `
    type Query { node(id: ID!): Node nodes: [Node!]! search(text: String): [Found] any: Found! named: [Named] }
    interface Node { id: ID! }
    interface Named { name: String }
    union Found = Cat | Dog | Note
    type Cat implements Node & Named @key(fields: "id") { id: ID! name: String! lives: Int friend: Node }
    type Dog implements Node & Named @key(fields: "id") { id: ID! name: String tricks: [String!]! enemy: Cat }
    type Note implements Named { text: String! name: String about: Found }`,
  second: `
    type Query { owners: [Owner!] pets: [Pet!]! }
    union Pet = Cat | Dog
    interface Priced { price: Int }
    type Owner implements Priced @key(fields: "id") { id: ID! price: Int pets: [Pet] favourite: Pet! }
    type Cat implements Priced @key(fields: "id") { id: ID! price: Int! owner: Owner mood: Mood }
    type Dog implements Priced @key(fields: "id") { id: ID! price: Int owner: Owner! walks: [Walk!] }
    type Walk { minutes: Int! with: [Priced] }
    enum Mood { CALM WILD }`,
  third: `
    type Owner @key(fields: "id") { id: ID! name: String! address: String }
    type Dog @key(fields: "id") { id: ID! chip: Chip }
    type Chip { serial: String! issued: Int }`,
});

/** An interface that another subgraph extends as if it were an object. */
const library = makeWorld('library', {
  holdings: `
    type Query { media: [Media!] medium(id: ID!): Media }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int! }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
  reviews: `
    type Query { reviews: [Review] }
    type Media @key(fields: "id") @interfaceObject { id: ID! reviews: [Review!] stars: Int }
    type Review { text: String of: Media score: Int }`,
});

const writers = makeWorld('writers', {
  left: `
    type Query { left: Thing }
    type Mutation { addLeft(value: Int): Thing setLeft(name: String = "x"): Thing! failLeft: Int! }
    type Thing @key(fields: "id") { id: ID! name: String left: Int! }`,
  right: `
    type Query { right: Thing }
    type Mutation { addRight(value: Int, flag: Boolean): Thing dropRight: Boolean }
    type Thing @key(fields: "id") { id: ID! size: Int other: Thing }`,
});

export const worlds: readonly World[] = [neighbours, shop, creatures, library, writers];
