import { type Edition, type Language, localeSections } from './edition.ts'

/** A fault in data: where (file or field) and what. */
export type Problem = { path: string; message: string }

const duplicates = (ids: readonly string[]) => [
  ...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
]

function checkTree(edition: Edition): Problem[] {
  const problems: Problem[] = []
  const byId = new Map(edition.requirements.map((node) => [node.id, node]))
  const at = (id: string) => `requirements.json: ${id}`
  for (const id of duplicates(edition.requirements.map((node) => node.id))) {
    problems.push({ path: at(id), message: 'id is used twice' })
  }
  const categories = new Set(edition.framework.categories.map((category) => category.key))
  for (const node of edition.requirements) {
    if (node.parent !== null && !byId.has(node.parent)) {
      problems.push({ path: at(node.id), message: `parent ${node.parent} does not exist` })
    }
    if (node.category !== undefined && !categories.has(node.category)) {
      problems.push({ path: at(node.id), message: `category ${node.category} is not declared` })
    }
    if (node.supersededBy !== undefined && !byId.has(node.supersededBy)) {
      problems.push({ path: at(node.id), message: `successor ${node.supersededBy} does not exist` })
    }
    const seen = new Set<string>()
    for (let step = byId.get(node.id); step !== undefined; step = byId.get(step.parent ?? '')) {
      if (seen.has(step.id)) {
        problems.push({ path: at(node.id), message: 'parents form a cycle' })
        break
      }
      seen.add(step.id)
    }
  }
  return problems
}

function checkFramework(edition: Edition): Problem[] {
  const problems: Problem[] = []
  const { framework } = edition
  const keys = framework.categories.map((category) => category.key)
  const add = (field: string, message: string) => problems.push({ path: `framework.json: ${field}`, message })
  if (framework.key !== edition.key) add('key', `is ${framework.key}, the folder is ${edition.key}`)
  for (const key of duplicates(keys)) add('categories', `${key} is declared twice`)
  for (const category of framework.categories) {
    for (const other of category.includes) {
      if (!keys.includes(other)) add(`categories.${category.key}`, `includes ${other}, which is not declared`)
    }
  }
  const ids = new Set(edition.requirements.map((node) => node.id))
  for (const amendment of framework.amendments) {
    for (const id of amendment.affects) if (!ids.has(id)) add('amendments', `${id} does not exist`)
  }
  return problems
}

function checkRecurring(edition: Edition): Problem[] {
  const problems: Problem[] = []
  const requirements = new Set(
    edition.requirements.filter((node) => node.requirement === true).map((node) => node.id),
  )
  const needs = (file: string, id: string, requirement: string | null) => {
    if (requirement === null || requirements.has(requirement)) return
    problems.push({ path: `${file}: ${id}`, message: `requirement ${requirement} does not exist` })
  }
  for (const id of duplicates(edition.testingProcedures.map((procedure) => procedure.id))) {
    problems.push({ path: `testing-procedures.json: ${id}`, message: 'id is used twice' })
  }
  for (const { id, requirement } of edition.testingProcedures)
    needs('testing-procedures.json', id, requirement)
  if (edition.periodic === null) return problems
  const file = 'periodic-activities.json'
  const { activities, frequencies, retention } = edition.periodic
  const known = new Set(frequencies.map((frequency) => frequency.key))
  for (const id of duplicates(activities.map((activity) => activity.id))) {
    problems.push({ path: `${file}: ${id}`, message: 'id is used twice' })
  }
  for (const activity of activities) {
    needs(file, activity.id, activity.requirement)
    if (!known.has(activity.frequency)) {
      problems.push({
        path: `${file}: ${activity.id}`,
        message: `frequency ${activity.frequency} is not declared`,
      })
    }
  }
  for (const rule of retention) needs(file, rule.key, rule.requirement)
  return problems
}

/** Every key that a locale of this edition must name, per section. */
export function localeKeys(edition: Edition): Record<(typeof localeSections)[number], Set<string>> {
  const activities = edition.periodic?.activities ?? []
  const documents = edition.requirements.flatMap((node) => node.documentedInformation ?? [])
  return {
    titles: new Set(edition.requirements.map((node) => node.id)),
    categories: new Set(edition.framework.categories.map((category) => category.key)),
    documents: new Set(documents.map((item) => item.key)),
    activities: new Set(activities.map((activity) => activity.id)),
    triggers: new Set(activities.flatMap((activity) => activity.triggers)),
    conditions: new Set(activities.flatMap((activity) => activity.condition ?? [])),
    retention: new Set((edition.periodic?.retention ?? []).map((rule) => rule.key)),
  }
}

function checkLocale(edition: Edition, language: Language): Problem[] {
  const problems: Problem[] = []
  const locale = edition.locales[language]
  const add = (where: string, message: string) =>
    problems.push({ path: `locales/${language}.json: ${where}`, message })
  if (locale.language !== language) add('language', `is ${locale.language}`)
  const wanted = localeKeys(edition)
  for (const section of localeSections) {
    for (const key of wanted[section]) {
      if (locale[section][key] === undefined) add(`${section}.${key}`, 'title is missing')
    }
    for (const key of Object.keys(locale[section])) {
      if (!wanted[section].has(key)) add(`${section}.${key}`, 'names nothing in this edition')
    }
  }
  const other = edition.locales[language === 'en' ? 'ja' : 'en']
  for (const key of Object.keys(other.notes)) {
    if (locale.notes[key] === undefined) add(`notes.${key}`, 'note is missing')
  }
  return problems
}

/** Faults a schema cannot see: tree, references, and a title for everything in both languages. Empty is sound. */
export function checkEdition(edition: Edition): Problem[] {
  return [
    ...checkFramework(edition),
    ...checkTree(edition),
    ...checkRecurring(edition),
    ...checkLocale(edition, 'en'),
    ...checkLocale(edition, 'ja'),
  ]
}
