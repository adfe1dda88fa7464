import { z } from 'zod'
import { certificate } from '../../certificates/certificate.ts'
import { document } from '../../certificates/document.ts'
import { eventSchema } from '../../certificates/event.ts'
import { pciSchema, reportSchema, termSchema } from '../../certificates/term.ts'
import { roles } from '../../kernel/actor.ts'
import { daySchema } from '../../kernel/day.ts'
import { localText } from '../../kernel/language.ts'
import { lineText } from '../../kernel/text.ts'
import { entity, keySchema } from '../../organisation/entity.ts'
import { organisation } from '../../organisation/organisation.ts'
import { service } from '../../organisation/service.ts'
import { emailSchema } from '../../people/person.ts'
import { pageText } from '../../trust/page-text.ts'
import { publication } from '../../trust/publication.ts'
import { assetPart, assetScalePart } from './schema-assets.ts'
import { calendarPart } from './schema-calendar.ts'
import { checkPart } from './schema-checks.ts'
import { contextPart } from './schema-context.ts'
import { controlPart } from './schema-controls.ts'
import { evidencePart } from './schema-evidence.ts'
import { objectivePart } from './schema-objectives.ts'
import { day, days, filePath, orNull, period } from './schema-parts.ts'
import { programmePart } from './schema-programmes.ts'
import { riskMethodPart, riskPart } from './schema-risks.ts'
import { namedDocumentPart, statementPart } from './schema-statements.ts'

// A field that the file leaves out keeps its value; `null` clears it.
const organisationPart = z.strictObject({
  name: organisation.schema.shape.name,
  timeZone: organisation.schema.shape.timeZone,
  host: organisation.schema.shape.host.optional(),
  demoDay: organisation.schema.shape.demoDay.optional(),
})

const entityPart = z.strictObject({
  key: keySchema,
  parent: orNull(keySchema),
  kind: entity.schema.shape.kind.default('company'),
  name: entity.schema.shape.name,
  country: entity.schema.shape.country.default(null),
  member: period,
})

const servicePart = z.strictObject({
  key: keySchema,
  entity: keySchema,
  kind: service.schema.shape.kind.default('product'),
  name: service.schema.shape.name,
  offered: period,
})

const rolePart = z.strictObject({
  role: z.enum(roles),
  entity: orNull(keySchema),
  /** The engagement of an external auditor. */
  certificate: orNull(keySchema),
})

/** `key` names the person inside the file; in Assay a person is known by the e-mail address. */
const personPart = z.strictObject({
  key: keySchema,
  name: localText(200),
  email: emailSchema,
  entity: orNull(keySchema),
  jobTitle: orNull(localText(200)),
  roles: z.array(rolePart).max(20).default([]),
  /** Has left, or the day from which they were gone: what is theirs stays so until somebody hands it over. */
  left: z.union([z.boolean(), daySchema]).default(false),
})

const report = reportSchema.extend({ asOfDate: day, periodFrom: day, periodTo: day })

const pci = pciSchema.extend({ rocDate: day, aocDate: day })

const term = termSchema.omit({ id: true }).extend({
  /** Names the term inside its certificate, for documents and for the next change. */
  key: keySchema,
  edition: termSchema.shape.edition.default(null),
  standard: termSchema.shape.standard.default(null),
  localEquivalent: termSchema.shape.localEquivalent.default(null),
  issuer: z.strictObject({ name: localText(200), accreditation: orNull(localText(200)) }),
  decisionDate: day,
  issueDate: day,
  effectiveDate: day,
  expiryDate: day,
  soaVersion: orNull(lineText(60)),
  soaDate: day,
  report: orNull(report),
  pci: orNull(pci),
})

const event = eventSchema.omit({ id: true }).extend({ note: eventSchema.shape.note.default(null) })

const documentPart = z.strictObject({
  file: filePath,
  /** The name under which it is shown; the file's own when absent. */
  name: document.schema.shape.fileName.optional(),
  term: orNull(keySchema),
  kind: document.schema.shape.kind,
  title: document.schema.shape.title,
  language: document.schema.shape.language.default(null),
  distribution: document.schema.shape.distribution,
})

const fields = certificate.schema.shape

const certificatePart = z.strictObject({
  key: keySchema,
  scheme: fields.scheme,
  number: fields.number.optional(),
  initialDate: fields.initialDate.optional(),
  /** Keys of the certificates that this one follows. */
  predecessors: z.array(keySchema).max(50).default([]),
  holders: z
    .array(z.strictObject({ entity: keySchema, ...days }))
    .max(500)
    .default([]),
  services: z
    .array(z.strictObject({ service: keySchema, ...days }))
    .max(500)
    .default([]),
  scopes: z
    .array(z.strictObject({ text: localText(4000), ...days }))
    .max(50)
    .default([]),
  terms: z.array(term).max(100).default([]),
  events: z.array(event).max(500).default([]),
  verificationUrl: fields.verificationUrl.optional(),
  verificationCheckedOn: fields.verificationCheckedOn.optional(),
  documents: z.array(documentPart).max(500).default([]),
})

const wording = pageText.schema.shape

const textPart = z.strictObject({
  section: wording.section,
  place: wording.place.default(0),
  title: wording.title.default(null),
  body: wording.body,
  effective: period,
  /** Who is to review this wording: a person's key. Only that person's own act makes it reviewed. */
  reviewedBy: orNull(keySchema),
})

const publicationPart = z.strictObject({
  asOf: daySchema,
  note: publication.schema.shape.note.default(null),
})

/**
 * A whole programme as one file, with keys where records have ids. What it leaves out is left alone; nothing is ever
 * deleted by a file.
 */
export const programmeSchema = z.strictObject({
  /** The version of this form. */
  assay: z.literal(1),
  organisation: organisationPart.optional(),
  entities: z.array(entityPart).max(5000).default([]),
  services: z.array(servicePart).max(5000).default([]),
  people: z.array(personPart).max(5000).default([]),
  certificates: z.array(certificatePart).max(5000).default([]),
  texts: z.array(textPart).max(200).default([]),
  assetScale: orNull(assetScalePart),
  assets: z.array(assetPart).max(5000).default([]),
  programmes: z.array(programmePart).max(500).default([]),
  context: z.array(contextPart).max(5000).default([]),
  objectives: z.array(objectivePart).max(1000).default([]),
  controls: z.array(controlPart).max(2000).default([]),
  checks: z.array(checkPart).max(2000).default([]),
  riskMethods: z.array(riskMethodPart).max(500).default([]),
  risks: z.array(riskPart).max(5000).default([]),
  evidence: z.array(evidencePart).max(20_000).default([]),
  statements: z.array(statementPart).max(500).default([]),
  documents: z.array(namedDocumentPart).max(2000).default([]),
  calendar: calendarPart,
  publications: z.array(publicationPart).max(500).default([]),
})

/** Sections that may stand in files of their own: the section names one path, or a list of them. */
export const includable = [
  'texts',
  'assets',
  'programmes',
  'context',
  'objectives',
  'controls',
  'checks',
  'riskMethods',
  'risks',
  'evidence',
  'statements',
  'documents',
] as const

export type Programme = z.output<typeof programmeSchema>
export type EntityPart = z.output<typeof entityPart>
export type ServicePart = z.output<typeof servicePart>
export type PersonPart = z.output<typeof personPart>
export type CertificatePart = z.output<typeof certificatePart>
export type TermPart = z.output<typeof term>
export type TextPart = z.output<typeof textPart>
