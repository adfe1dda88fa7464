/** The steps of the first days, in their order. Each can be left, skipped and done again. */
export const stepKeys = ['entities', 'scope', 'people', 'frameworks', 'method', 'assets', 'risks'] as const

export type StepKey = (typeof stepKeys)[number]

/** `begun` is something that waits for more, such as a method that nobody has approved yet. */
export const stepStates = ['open', 'begun', 'done', 'skipped'] as const

export type StepState = (typeof stepStates)[number]

/** What is there already: progress is read from it, so that it is the same for everyone and on every device. */
export type Counts = {
  entities: number
  services: number
  /** Entities and services named as what the first certification is about. */
  scope: number
  /** Who has not left, invited ones included. */
  people: number
  /** Of them those who may approve for the whole organisation and can sign in. */
  approvers: number
  programmes: number
  controls: number
  methodDrafts: number
  methodsInForce: number
  assets: number
  risks: number
}

// One who writes and another who approves (ISO/IEC 27001 A.5.3): alone nobody gets past a draft.
const fewestPeople = 2

const reached = (done: boolean, begun: boolean): StepState => (done ? 'done' : begun ? 'begun' : 'open')

const rules: Readonly<Record<StepKey, (there: Counts) => StepState>> = {
  entities: ({ entities }) => reached(entities > 0, false),
  scope: ({ scope, programmes, services }) => reached(scope + programmes > 0, services > 0),
  people: ({ people }) => reached(people >= fewestPeople, false),
  frameworks: ({ programmes, controls }) => reached(programmes * controls > 0, programmes + controls > 0),
  method: ({ methodsInForce, methodDrafts }) => reached(methodsInForce > 0, methodDrafts > 0),
  assets: ({ assets }) => reached(assets > 0, false),
  risks: ({ risks }) => reached(risks > 0, false),
}

export type Step = { key: StepKey; state: StepState }

/** Where every step stands; what is done stays done, even where somebody skipped it before. */
export const stepsOf = (there: Counts, skipped: readonly StepKey[]): Step[] =>
  stepKeys.map((key) => {
    const state = rules[key](there)
    return { key, state: state !== 'done' && skipped.includes(key) ? 'skipped' : state }
  })

const isSettled = ({ state }: Step): boolean => state === 'done' || state === 'skipped'

/** Nothing is left to do or to skip. */
export const isComplete = (steps: readonly Step[]): boolean => steps.every(isSettled)

/** The step to go on with: the first that is neither done nor skipped, or else the first of all. */
export const nextStep = (steps: readonly Step[]): StepKey =>
  (steps.find((step) => !isSettled(step)) ?? steps[0])?.key ?? stepKeys[0]

/** Nobody has begun: there is what founding leaves, a company and whoever founded it. */
export const isUntouched = ({ entities, people, ...others }: Counts): boolean =>
  entities <= 1 && people <= 1 && Object.entries(others).every(([key, n]) => n === 0 || key === 'approvers')
