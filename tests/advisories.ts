/** A test by its file and the text of its title as it stands there. */
type Named = readonly [file: string, title: string]

export type Advisory = {
  row: number
  /** What others learned the hard way, as a rule for us. */
  lesson: string
  /** Why nothing of the kind can happen here; null where it can, and is tested. */
  absent: string | null
  tests: readonly Named[]
}

const hostile = 'tests/integration/hostile-input.test.ts'
const answers = 'tests/integration/every-answer.test.ts'
const secrets = 'tests/integration/secrets.test.ts'
const matrix = 'tests/integration/matrix.test.ts'
const borders = 'tests/integration/borders.test.ts'
const signIn = 'src/server/sign-in.test.ts'
const keys = 'src/server/keys.test.ts'
const doors = 'src/server/doors.test.ts'
const reset = 'src/server/doors-reset.test.ts'
const address = 'src/server/auth-address.test.ts'
const choice = 'src/server/session-organisation.test.ts'
const people = 'src/people/server/people.test.ts'
const requests = 'src/trust/server/requests.test.ts'
const publishing = 'src/trust/server/publish.test.ts'
const documents = 'src/server/documents-http.test.ts'
const damage = 'src/server/archive/damage.test.ts'

const everyRole: Named = [
  matrix,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as it stands in the file
  '${title}: each role gets what the table says, and nothing of another organisation',
]
// biome-ignore lint/suspicious/noTemplateCurlyInString: the title as it stands in the file
const strict: Named = [hostile, 'is refused by its name and changes nothing: ${titleOf(route)}']
const noFetching: Named = [borders, 'rows 10, 28, 44: nothing on the server opens a connection to an address']

/**
 * Advisories of comparable products, each turned into a rule. The rules outlive the versions in which others broke
 * them, so every row names the tests that hold it here, or says why it has no object.
 */
export const advisories: readonly Advisory[] = [
  {
    row: 1,
    lesson:
      'Whose page is read comes from the host; an id in hand opens nothing, and foreign looks like absent.',
    absent: null,
    tests: [
      [answers, 'row 1, 80: is of the organisation of the host, whatever id stands in the address'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as it stands in the file
      [matrix, '${title}: foreign and unknown look alike'],
      [choice, 'row 1, 49: reaches no organisation in which it stands for nobody, whatever the client says'],
    ],
  },
  {
    row: 2,
    lesson:
      'Agreement is to the terms that were shown, is recorded once, and nobody acts on the request of another.',
    absent: null,
    tests: [
      [requests, 'binds the agreement to the terms that were shown'],
      [requests, 'takes one decision per request, for at most 30 days'],
      [requests, 'knows nothing of another organisation'],
    ],
  },
  {
    row: 3,
    lesson: 'No session travels in an address, and no redirect leaves the site.',
    absent: null,
    tests: [
      [answers, 'row 8, 79: never sends anyone to another site'],
      [keys, 'row 69: is a key in an address or a cookie'],
    ],
  },
  {
    row: 4,
    lesson: 'An e-mail address claimed by an identity provider proves nothing.',
    absent: 'There is no sign-in through another provider: accounts come from set-up and invitations only.',
    tests: [
      [signIn, 'has only the addresses that are used: no sign-up, no account deletion, no change of address'],
    ],
  },
  {
    row: 5,
    lesson: 'Nobody gives a right that they do not have, whichever command gives it.',
    absent: null,
    tests: [
      [people, 'row 5, 32: a manager makes no owner, raises nobody above manager and not themselves'],
      [people, 'row 5: the rank over a small entity with the reach of a lesser role is no way up'],
      [reset, 'row 5: is refused for somebody above the giver, for oneself, and to who manages nobody'],
      [reset, 'row 5: is worth nothing once its person may do more than its giver, or its giver less'],
    ],
  },
  {
    row: 6,
    lesson: 'A reference to a record of another organisation is impossible in the database itself.',
    absent: null,
    tests: [
      [borders, 'row 6: every reference to a record of another organisation is refused by the database'],
      [
        'tests/integration/schema.test.ts',
        'every table with rows of an organisation is guarded, and its foreign keys carry the organisation',
      ],
    ],
  },
  {
    row: 7,
    lesson: 'What one request may ask for has a bound.',
    absent: null,
    tests: [
      [hostile, 'of a million nested arrays is refused, with and without a key for retries'],
      [hostile, 'of 10 MB of text is refused'],
      ['src/server/public-http.test.ts', 'bounds forms in size, fields and number'],
    ],
  },
  {
    row: 8,
    lesson: 'Where a browser is sent is never read from the request; what is read is compared by its origin.',
    absent: null,
    tests: [[answers, 'row 8, 79: never sends anyone to another site']],
  },
  {
    row: 9,
    lesson: 'No raw HTML out of a text, and a content policy on every answer.',
    absent: null,
    tests: [
      [answers, 'row 9, 12, 17: carries the headers that guard it, whatever it is'],
      ['src/trust/page.test.ts', 'escapes every value where it lands'],
    ],
  },
  {
    row: 10,
    lesson: 'Whatever fetches addresses must check them where it connects.',
    absent: 'The server fetches nothing.',
    tests: [noFetching],
  },
  {
    row: 11,
    lesson: 'A changed credential ends the other sessions at once.',
    absent: null,
    tests: [
      [signIn, 'row 11: changed, ends the other sessions and keeps this one'],
      [signIn, 'row 11: ends other sessions when it is switched on and off'],
      ['src/server/passkey.test.ts', 'row 11: ends the other sessions when it is added'],
      [address, 'row 11: is changed with the password, in any role or none, and ends every session'],
      [address, 'row 11: is changed by an owner, ends sessions, and is logged'],
    ],
  },
  {
    row: 12,
    lesson: 'Guarding headers are set last, and a configured address cannot add to them.',
    absent: null,
    tests: [
      [answers, 'row 9, 12, 17: carries the headers that guard it, whatever it is'],
      [borders, 'row 12: an address in the configuration is an origin and nothing more'],
    ],
  },
  {
    row: 13,
    lesson: 'What was authorised is what is used: an id stands in one place of a request only.',
    absent: null,
    tests: [[hostile, 'row 13: that differs from the one in the address is refused']],
  },
  {
    row: 14,
    lesson: 'Drafts, ended and deleted records and the log are as closed as current ones.',
    absent: null,
    tests: [everyRole, ['src/log/server/erase.test.ts', 'is for roles over the whole organisation']],
  },
  {
    row: 15,
    lesson: 'An imported text never becomes a path.',
    absent: null,
    tests: [
      [damage, 'cannot bring a file twice, or a link'],
      [
        'src/adapters/object-store.suite.ts',
        'says that it does not know an object, and takes no other name for a digest',
      ],
    ],
  },
  {
    row: 16,
    lesson: 'Members of an archive are streamed under names of our own, within a budget.',
    absent: null,
    tests: [
      [damage, 'cannot grow beyond what its manifest says'],
      [damage, 'cannot bring a file twice, or a link'],
    ],
  },
  {
    row: 17,
    lesson: 'A stored file is only ever a download of its own type, in a sandbox.',
    absent: null,
    tests: [
      [documents, 'is only ever a download of its own type in a sandbox'],
      [answers, 'row 9, 12, 17: carries the headers that guard it, whatever it is'],
    ],
  },
  {
    row: 18,
    lesson: 'Scopes narrow a role: every one is checked, none widens it.',
    absent: null,
    tests: [
      [
        'src/people/role-grant.test.ts',
        'row 18, 42: allow a permission only when they name it or its noun, and never add to the role',
      ],
      [people, 'row 18, 5: does at most what its maker can, for a year at most, with scopes that exist'],
    ],
  },
  {
    row: 19,
    lesson: 'Tries are counted per account in the database, and a whole IPv6 network counts as one.',
    absent: null,
    tests: [
      [
        signIn,
        'row 19, 74: is tried ten times in five minutes for one account from any number of addresses, known or not',
      ],
      [signIn, 'row 19, 74: counts a whole IPv6 /64 as one'],
      [doors, 'is not tried without end'],
    ],
  },
  {
    row: 20,
    lesson: 'A sign-in that leaves for another site must be bound to the browser that began it.',
    absent: 'No sign-in leaves the site; a passkey ceremony is bound to its browser and used once.',
    tests: [
      [
        'src/server/passkey.test.ts',
        'row 43: an answer opens one session, however often and quickly it is sent',
      ],
    ],
  },
  {
    row: 21,
    lesson: 'Nothing keeps flowing to somebody who has left.',
    absent: null,
    tests: [
      [people, 'row 21, 105: ends grants, keys and links in one transaction, and keeps the history'],
      [keys, 'row 21, 33, 105: has no access by session, key or sign-in, and is told so clearly'],
    ],
  },
  {
    row: 22,
    lesson: 'Indirect ways to a right are as narrow as the direct one.',
    absent: null,
    tests: [
      [people, 'row 22: by ending, renaming, re-inviting or removing those above'],
      [people, 'row 22, 49: fields that only the program sets are refused in every input'],
    ],
  },
  {
    row: 23,
    lesson:
      'Lists, files, imports and totals are ways in like any other, with the rows of the database as a second net.',
    absent: null,
    tests: [
      everyRole,
      ['src/server/certificates-file-scope.test.ts', 'holds what its reader may see'],
      [
        'src/organisation/server/organisation.test.ts',
        'hides another organisation from a query that forgets its filter, and refuses to write into it',
      ],
    ],
  },
  {
    row: 24,
    lesson: 'No answer has a field for a secret, but the one that shows it once.',
    absent: null,
    tests: [
      [secrets, 'row 24, 32: has no field for a secret but those that are shown once'],
      [secrets, 'row 24: is not kept with the answers that a retry may get'],
      [secrets, 'is in the one answer that shows it and in no other'],
    ],
  },
  {
    row: 25,
    lesson: 'Values are escaped where they land, never cleaned afterwards.',
    absent: null,
    tests: [['src/trust/page.test.ts', 'escapes every value where it lands']],
  },
  {
    row: 26,
    lesson: 'Figures and overviews show no more than the records behind them.',
    absent: null,
    tests: [
      everyRole,
      [
        'src/certificates/server/certificates-scope.test.ts',
        'sees its certificates and those it shares, and no others',
      ],
    ],
  },
  {
    row: 27,
    lesson: 'No exported cell is a formula, and what was exported comes back as it was.',
    absent: null,
    tests: [
      ['src/tabular/node/csv.test.ts', 'is read back without loss, whatever the texts'],
      ['src/tabular/node/csv.test.ts', 'disarms a text that begins with %j, also after spaces'],
      ['src/tabular/node/xlsx.test.ts', 'are read back without loss, and no text of theirs is a formula'],
    ],
  },
  {
    row: 28,
    lesson: 'An address that was checked must be the one that is used.',
    absent: 'The server fetches nothing.',
    tests: [noFetching],
  },
  {
    row: 29,
    lesson: 'What users write is data: no template of theirs computes anything.',
    absent: null,
    tests: [
      ['src/trust/wording.test.ts', 'are not filled again inside what they were filled with'],
      ['src/server/programme/yaml.test.ts', 'refuses tags, because a tag is a wish to build something'],
    ],
  },
  {
    row: 30,
    lesson: 'The log names the key that acted, never a stand-in.',
    absent: null,
    tests: [[keys, 'row 30: is the actor in the log, never the person who made it']],
  },
  {
    row: 31,
    lesson: 'Of two who decide at once, one wins by a conditional write.',
    absent: null,
    tests: [
      [publishing, 'lets one of several publications at once win each number'],
      [requests, 'lets exactly one of 50 uses at once succeed'],
      ['src/organisation/server/organisation.test.ts', 'let one of two people who save at once win'],
    ],
  },
  {
    row: 32,
    lesson: 'Auditors and readers see no keys and no secrets, and nobody promotes themselves.',
    absent: null,
    tests: [
      [people, 'row 32: is shown to no auditor, reader or contributor'],
      [secrets, 'row 24, 32: has no field for a secret but those that are shown once'],
    ],
  },
  {
    row: 33,
    lesson: 'Who has left is told so, and gets nothing new.',
    absent: null,
    tests: [[keys, 'row 21, 33, 105: has no access by session, key or sign-in, and is told so clearly']],
  },
  {
    row: 34,
    lesson: 'A file name is hostile text in pages, headers, archives and tables.',
    absent: null,
    tests: [
      [documents, 'keeps any name as data and never lets it out of the header'],
      [documents, 'has a name that no character can break'],
      ['src/trust/diff.test.ts', 'cannot leave their header'],
    ],
  },
  {
    row: 35,
    lesson: 'A token has 256 random bits, is stored as a digest and works once.',
    absent: null,
    tests: [
      [secrets, 'row 35: is stored as its digest or not at all'],
      [doors, 'row 58: opens for the exact token only'],
      [requests, 'answers a guessed, cut, upper-cased, expired or undecided link alike'],
    ],
  },
  {
    row: 36,
    lesson: 'No text becomes an element of a page or a word of a command line.',
    absent: null,
    tests: [
      ['src/trust/page.test.ts', 'escapes every value where it lands'],
      [borders, 'row 36: nothing on the server starts a program but the database that belongs to it'],
    ],
  },
  {
    row: 37,
    lesson: 'Other sites read what is for everyone, without credentials, and nothing else.',
    absent: null,
    tests: [
      [
        answers,
        'row 37: lets no other site read it with the reader’s cookies, and none at all but what is for everyone',
      ],
    ],
  },
  {
    row: 38,
    lesson: 'Requests that other sites cause are refused, also from strangers.',
    absent: null,
    tests: [[signIn, 'row 38, 78: can neither act for somebody signed in nor sign somebody in']],
  },
  {
    row: 39,
    lesson: 'Addresses come from the configuration, and a failure tells a stranger nothing.',
    absent: null,
    tests: [
      [answers, 'row 39, 65: believes the Host header alone, and repeats no host to anyone'],
      [answers, 'row 39, 54: to a failure of ours says a reference and nothing else'],
    ],
  },
  {
    row: 40,
    lesson: 'No proxy is believed by default.',
    absent: null,
    tests: [
      [answers, 'row 39, 65: believes the Host header alone, and repeats no host to anyone'],
      [answers, 'row 40: counts tries for the peer, whatever forwarding headers say'],
    ],
  },
  {
    row: 41,
    lesson: 'What is signed or digested has one reading only.',
    absent: null,
    tests: [
      ['packages/tlog/jcs.test.ts', 'the canonical form is stable, and parses to the same value'],
      [
        'src/log/server/fsck.test.ts',
        'names the entry when leaf, columns and opening were replaced consistently',
      ],
    ],
  },
  {
    row: 42,
    lesson: 'A key is held to its scopes at every address.',
    absent: null,
    tests: [[keys, 'row 42: reaches what its scopes name, and every other address refuses it']],
  },
  {
    row: 43,
    lesson: 'Whatever works once is used up in one atomic step.',
    absent: null,
    tests: [
      [signIn, 'row 43, 76: a code opens one session of fifty tries at once, and none in a second sign-in'],
      [doors, 'row 43: is used up by one of twenty tries at once'],
      [requests, 'lets exactly one of 50 uses at once succeed'],
    ],
  },
  {
    row: 44,
    lesson: 'A redirect leads a fetcher to places that were never checked.',
    absent: 'The server fetches nothing.',
    tests: [noFetching],
  },
  {
    row: 45,
    lesson: 'No pattern of a user is run.',
    absent: null,
    tests: [
      ['src/certificates/server/certificate-list.test.ts', 'finds text literally, whatever it means to LIKE'],
      [people, 'comes in pages without gaps or repeats, and finds text literally'],
    ],
  },
  {
    row: 46,
    lesson: 'Nothing active is shown, and a file keeps the name and type under which it was checked.',
    absent: null,
    tests: [
      [documents, 'refuses a file whose content is not what its name or declared type says, naming both'],
      strict,
    ],
  },
  {
    row: 47,
    lesson: 'A review is of these bytes: any change voids it.',
    absent: null,
    tests: [
      [publishing, 'refuses a text whose words changed after its review, until another person has read it'],
      ['src/trust/wording.test.ts', 'holds for exactly the wording that was read'],
    ],
  },
  {
    row: 48,
    lesson: 'Neither an answer nor an order of a list tells who has an account and when they came.',
    absent: null,
    tests: [
      [
        signIn,
        'row 48, 75: gets the same answer whether the account exists, has no password, or the password is wrong',
      ],
      [
        people,
        'row 23, 48: shows a manager of one entity its people only, and never an account or a time of sign-in',
      ],
    ],
  },
  {
    row: 49,
    lesson: 'Fields that only the program sets are refused, not ignored.',
    absent: null,
    tests: [strict, [signIn, 'row 49: takes no field that only the server may set']],
  },
  {
    row: 50,
    lesson: 'A link proves a right, an equal address does not, and what was registered before it is gone.',
    absent: null,
    tests: [
      [doors, 'row 50: takes over nothing that somebody else registered for the address before'],
      [doors, 'row 50: to the address of an account in use changes nothing about that account'],
      [choice, 'row 50: comes to be by an invitation, for whoever is signed in with the invited address'],
    ],
  },
  {
    row: 51,
    lesson: 'One algorithm per use; the token has no say in it.',
    absent: 'There are no self-contained tokens: sessions, keys and links are looked up in the database.',
    tests: [[signIn, 'is not believed without its signature, cut, doubled or garbled']],
  },
  {
    row: 52,
    lesson: 'A domain proves who signs in only as long as it is proved itself.',
    absent: 'There is no single sign-on, and no domain makes anybody a member.',
    tests: [
      [signIn, 'has only the addresses that are used: no sign-up, no account deletion, no change of address'],
    ],
  },
  {
    row: 53,
    lesson: 'No name in an input reaches the prototype of anything.',
    absent: null,
    tests: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as it stands in the file
      [hostile, 'cannot be the prototype: ${titleOf(route)}'],
      ['src/server/programme/yaml.test.ts', 'leaves the prototype of everything alone'],
    ],
  },
  {
    row: 54,
    lesson: 'Normalise, then check; whatever is malformed is refused in one shape; doubt closes.',
    absent: null,
    tests: [
      [keys, 'row 70: gets one answer in one shape, however it is malformed, and never an error of ours'],
      [requests, 'folds addresses before it counts them, and refuses the fourth in an hour'],
      [answers, 'row 39, 54: to a failure of ours says a reference and nothing else'],
    ],
  },
  {
    row: 55,
    lesson: 'A language for diagrams is a language for attacks.',
    absent:
      'No text is a diagram: texts of the page have paragraphs and values from the register, and no markup.',
    tests: [['src/trust/page.test.ts', 'escapes every value where it lands']],
  },
]
